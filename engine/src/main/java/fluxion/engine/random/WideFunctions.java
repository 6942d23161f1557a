package fluxion.engine.random;

import java.math.BigInteger;
import java.util.function.IntFunction;

/**
 * The logarithm, sine and cosine by series on integers of any length, correctly rounded: the number
 * of digits is doubled until all values within the error round to one double. That ends, since none
 * of these functions has a value half way between two doubles at an argument that a double, or the
 * sum of two, can be, but for those that the callers answer themselves.
 */
final class WideFunctions {
  private static final int FIRST_BITS = 256;

  /** Every value below is off by less than 2^24 units; the sums have fewer than 2^12 terms. */
  private static final BigInteger ERROR = BigInteger.ONE.shiftLeft(24);

  private static final int FRACTION_BITS = 52;

  private WideFunctions() {}

  /** {@return the natural logarithm of a sum above 0 that is not 1} */
  static double log(double a, double b) {
    int unit = Math.min(exponent(a), exponent(b));
    BigInteger sum =
        integer(a).shiftLeft(exponent(a) - unit).add(integer(b).shiftLeft(exponent(b) - unit));
    return rounded(bits -> log(sum, unit, bits));
  }

  /** {@return the sine of a finite number, not 0} */
  static double sin(double x) {
    return rounded(bits -> sine(x, 0, bits));
  }

  /** {@return the cosine of a finite number, not 0} */
  static double cos(double x) {
    return rounded(bits -> sine(x, 1, bits));
  }

  /** A finite double is {@code integer(x) · 2^exponent(x)}. */
  private static BigInteger integer(double x) {
    long bits = Double.doubleToRawLongBits(x);
    long fraction = bits & ((1L << FRACTION_BITS) - 1);
    boolean normal = Math.abs(x) >= Double.MIN_NORMAL;
    long size = normal ? fraction | 1L << FRACTION_BITS : fraction;
    return BigInteger.valueOf(bits < 0 ? -size : size);
  }

  private static int exponent(double x) {
    return Math.max(Math.getExponent(x), Double.MIN_EXPONENT) - FRACTION_BITS;
  }

  private static double rounded(IntFunction<BigInteger> function) {
    for (int bits = FIRST_BITS; ; bits *= 2) {
      BigInteger value = function.apply(bits);
      double low = nearest(value.subtract(ERROR), bits);
      if (low == nearest(value.add(ERROR), bits)) {
        return low;
      }
    }
  }

  /** The double nearest to {@code value · 2^-bits}, which is in the range of normal doubles. */
  private static double nearest(BigInteger value, int bits) {
    BigInteger size = value.abs();
    int dropped = Math.max(size.bitLength() - 62, 0);
    long top = size.shiftRight(dropped).longValue();
    // One bit that says whether anything was dropped is as good as all that was dropped.
    boolean exact = size.getLowestSetBit() >= dropped;
    double nearest = Math.scalb((double) (exact ? top : top | 1), dropped - bits);
    return value.signum() < 0 ? -nearest : nearest;
  }

  /** {@code log(integer · 2^exponent) · 2^bits}. */
  private static BigInteger log(BigInteger integer, int exponent, int bits) {
    // m = integer / unit is in [3/4, 3/2).
    int length = integer.bitLength();
    boolean upper = length > 1 && integer.testBit(length - 2);
    int shift = upper ? length : length - 1;
    BigInteger unit = BigInteger.ONE.shiftLeft(shift);
    BigInteger s = integer.subtract(unit).shiftLeft(bits).divide(integer.add(unit));
    BigInteger third = BigInteger.ONE.shiftLeft(bits).divide(BigInteger.valueOf(3));
    BigInteger e = BigInteger.valueOf(exponent + shift);
    // log(2) = 2 atanh(1/3)
    return atanh(s, bits).add(atanh(third, bits).multiply(e)).shiftLeft(1);
  }

  private static BigInteger atanh(BigInteger s, int bits) {
    BigInteger square = s.multiply(s).shiftRight(bits);
    BigInteger sum = BigInteger.ZERO;
    BigInteger power = s.abs();
    for (int k = 1; power.signum() != 0; k += 2) {
      sum = sum.add(power.divide(BigInteger.valueOf(k)));
      power = power.multiply(square).shiftRight(bits);
    }
    return s.signum() < 0 ? sum.negate() : sum;
  }

  /** {@code sin(x + rightAngles · π/2) · 2^bits}. */
  private static BigInteger sine(double x, int rightAngles, int bits) {
    // The multiple of π/2 that is taken off has as many more bits as x is large.
    int more = Math.max(Math.getExponent(x), 0);
    int wide = bits + more;
    int shift = wide + exponent(x);
    BigInteger angle = shift >= 0 ? integer(x).shiftLeft(shift) : integer(x).shiftRight(-shift);
    BigInteger halfPi = halfPi(wide);
    BigInteger[] division = angle.add(halfPi.shiftRight(1)).divideAndRemainder(halfPi);
    boolean below = division[1].signum() < 0;
    BigInteger k = below ? division[0].subtract(BigInteger.ONE) : division[0];
    BigInteger r = angle.subtract(k.multiply(halfPi)).shiftRight(more);
    int quadrant = (k.intValue() + rightAngles) & 3;
    BigInteger one = BigInteger.ONE.shiftLeft(bits);
    BigInteger value = (quadrant & 1) == 0 ? taylor(r, r, 2, bits) : taylor(one, r, 1, bits);
    return (quadrant & 2) == 0 ? value : value.negate();
  }

  /** The alternating series in r² that begins with a term and then divides by n (n + 1). */
  private static BigInteger taylor(BigInteger first, BigInteger r, int n, int bits) {
    BigInteger square = r.multiply(r).shiftRight(bits);
    BigInteger sum = first;
    BigInteger term = first;
    for (long i = n; term.signum() != 0; i += 2) {
      BigInteger divisor = BigInteger.valueOf(-i * (i + 1));
      term = term.multiply(square).shiftRight(bits).divide(divisor);
      sum = sum.add(term);
    }
    return sum;
  }

  /** {@code π/2 · 2^bits} by Machin's formula, π/4 = 4 atan(1/5) − atan(1/239). */
  private static BigInteger halfPi(int bits) {
    return inverseTangent(5, bits).shiftLeft(3).subtract(inverseTangent(239, bits).shiftLeft(1));
  }

  private static BigInteger inverseTangent(int inverse, int bits) {
    BigInteger square = BigInteger.valueOf(-(long) inverse * inverse);
    BigInteger power = BigInteger.ONE.shiftLeft(bits).divide(BigInteger.valueOf(inverse));
    BigInteger sum = BigInteger.ZERO;
    for (long k = 1; power.signum() != 0; k += 2) {
      sum = sum.add(power.divide(BigInteger.valueOf(k)));
      power = power.divide(square);
    }
    return sum;
  }
}
