package fluxion.conformance.reference;

import fluxion.api.ArgumentException;
import fluxion.api.DType;

/**
 * Rounding to nearest, ties to even, once.
 *
 * <p>A number is counted in units in the last place that it will have, which is a change of its
 * exponent alone, and the nearest integer is taken.
 */
final class Rounding {
  private Rounding() {}

  /** {@return the bits of a significand} */
  static int precision(DType dtype) {
    return switch (dtype) {
      case FLOAT64 -> 53;
      case FLOAT32 -> 24;
      case FLOAT16 -> 11;
      case BFLOAT16 -> 8;
      default -> throw new ArgumentException(dtype + " is no floating-point dtype");
    };
  }

  /** {@return the exponent of the least normal number} */
  static int leastExponent(DType dtype) {
    return switch (dtype) {
      case FLOAT64 -> -1022;
      case FLOAT16 -> -14;
      default -> -126; // float32 and bfloat16
    };
  }

  /** {@return the largest finite number} */
  static double largest(DType dtype) {
    int top = 1 - leastExponent(dtype);
    return Math.scalb(2 - Math.scalb(1.0, 1 - precision(dtype)), top);
  }

  /** {@return the exponent of the unit in the last place of a number with some exponent} */
  static int unit(int exponent, DType dtype) {
    return Math.max(exponent, leastExponent(dtype)) - precision(dtype) + 1;
  }

  /** {@return the nearest value of a floating-point dtype to a double} */
  static double nearest(double value, DType dtype) {
    return switch (dtype) {
      case FLOAT64 -> value;
      case FLOAT32 -> (float) value; // Java's own conversion is this one
      default -> nearest(value, 0, 0, dtype);
    };
  }

  /** {@return the nearest value of a floating-point dtype to an integer} */
  static double nearest(long value, DType dtype) {
    long tail = value & 0xFFFFFFFFL;
    DoubleDouble exact = DoubleDouble.sum((double) (value - tail), (double) tail);
    return nearest(exact.high(), exact.low(), 0, dtype);
  }

  /** {@return the nearest value of a floating-point dtype to (high + low) · 2^exponent} */
  static double nearest(double high, double low, int exponent, DType dtype) {
    if (high == 0 || !Double.isFinite(high)) {
      return high;
    }
    if (dtype == DType.FLOAT64 && exponent == 0) {
      return high;
    }
    int own = exponentOf(high);
    if (own + (long) exponent > 2000) {
      return high * Double.POSITIVE_INFINITY;
    }
    if (own + (long) exponent < -2000) {
      return Math.copySign(0, high);
    }
    int unit = unit(own + exponent, dtype);
    // Now below 2^53, so that adding or cutting fractions is exact.
    double count = scale(high, exponent - unit);
    double fraction = scale(low, exponent - unit);
    double integer = Math.rint(count);
    if (Math.abs(count - integer) == 0.5 && fraction != 0) {
      integer = fraction > 0 ? Math.ceil(count) : Math.floor(count); // no tie after all
    } else {
      double rest = (count - integer) + fraction;
      boolean odd = integer % 2 != 0;
      if (rest > 0.5 || (rest == 0.5 && odd)) {
        integer += 1;
      } else if (rest < -0.5 || (rest == -0.5 && odd)) {
        integer -= 1;
      }
    }
    double result = Math.copySign(scale(integer, unit), high);
    return Math.abs(result) > largest(dtype) ? high * Double.POSITIVE_INFINITY : result;
  }

  private static int exponentOf(double value) {
    int exponent = Math.getExponent(value);
    return exponent >= Double.MIN_EXPONENT ? exponent : Math.getExponent(value * 0x1p54) - 54;
  }

  /** {@return value · 2^exponent in two steps, for exponents beyond those of powers of two} */
  private static double scale(double value, int exponent) {
    int half = exponent / 2;
    return Math.scalb(Math.scalb(value, half), exponent - half);
  }
}
