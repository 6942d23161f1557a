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
  private Decimals() {}

  /** {@return Python's {@code '{:.<digits>f}'}} */
  static String fixed(double value, int digits) {
    if (!Double.isFinite(value)) {
      return nonFinite(value);
    }
    BigDecimal rounded = new BigDecimal(Math.abs(value)).setScale(digits, RoundingMode.HALF_EVEN);
    return sign(value) + rounded.toPlainString();
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
