package fluxion.engine.print;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Numbers in decimal as Python formats them: the exact value of the binary number, rounded once,
 * ties to even. Java's own {@code %f} and {@code %e} round the shortest decimal that names the
 * number, and ties up.
 */
final class Decimals {
  private static final double SMALL = 0x1p31;
  private static final double[] POWERS_OF_TEN = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8};

  private Decimals() {}

  /** {@return Python's {@code '{:.<digits>f}'}} */
  static String fixed(double value, int digits) {
    if (!Double.isFinite(value)) {
      return nonFinite(value);
    }
    double magnitude = Math.abs(value);
    if (digits >= 1 && digits < POWERS_OF_TEN.length && magnitude < SMALL) {
      return small(value, magnitude, digits);
    }
    BigDecimal rounded = new BigDecimal(magnitude).setScale(digits, RoundingMode.HALF_EVEN);
    return sign(value).concat(rounded.toPlainString());
  }

  /**
   * The same for numbers below 2³¹, without the time that the first big number in a JVM takes. The
   * fraction f is exact; f·10ⁿ is p + e with p rounded and e found by a fused multiply-add. Both p
   * and the integer r next to it are multiples of p's last place, and |e| is at most half of that,
   * so e decides only where p is halfway between two integers.
   */
  private static String small(double value, double magnitude, int digits) {
    long whole = (long) magnitude;
    double fraction = magnitude - whole;
    double power = POWERS_OF_TEN[digits];
    double p = fraction * power;
    double rest = Math.fma(fraction, power, -p);
    double r = Math.rint(p);
    if (p - r == 0.5 && rest > 0) {
      r++;
    } else if (p - r == -0.5 && rest < 0) {
      r--;
    }
    if (r == power) {
      whole++;
      r = 0;
    }
    String behind = Long.toString((long) r);
    return new StringBuilder(sign(value))
        .append(whole)
        .append('.')
        .repeat('0', digits - behind.length())
        .append(behind)
        .toString();
  }

  /** {@return Python's {@code '{:.<digits>e}'}} */
  static String scientific(double value, int digits) {
    if (!Double.isFinite(value)) {
      return nonFinite(value);
    }
    String mantissa;
    int exponent;
    if (value == 0) {
      mantissa = "0".repeat(digits + 1);
      exponent = 0;
    } else {
      BigDecimal rounded =
          new BigDecimal(Math.abs(value))
              .round(new MathContext(digits + 1, RoundingMode.HALF_EVEN));
      String unscaled = rounded.unscaledValue().toString();
      exponent = unscaled.length() - 1 - rounded.scale();
      // Numbers with few digits, such as 0.5, are exact with fewer than were asked for.
      mantissa = unscaled + "0".repeat(Math.max(0, digits + 1 - unscaled.length()));
    }
    String point = digits == 0 ? "" : "." + mantissa.substring(1);
    String size = Integer.toString(Math.abs(exponent));
    return sign(value)
        + mantissa.charAt(0)
        + point
        + (exponent < 0 ? "e-" : "e+")
        + (size.length() < 2 ? "0" : "")
        + size;
  }

  private static String nonFinite(double value) {
    return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
  }

  /** {@return the sign, which a negative zero has too} */
  private static String sign(double value) {
    return Double.doubleToRawLongBits(value) < 0 ? "-" : "";
  }
}
