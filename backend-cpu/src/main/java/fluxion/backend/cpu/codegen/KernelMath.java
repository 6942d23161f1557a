package fluxion.backend.cpu.codegen;

/** What generated code calls for one element. */
final class KernelMath {
  private KernelMath() {}

  /**
   * {@return an integer power by squaring, wrapping; a negative exponent gives the truncated
   * reciprocal, 0 for base 0}
   */
  static long pow(long base, long exponent) {
    if (exponent < 0) {
      if (base == 1) {
        return 1;
      }
      return base == -1 ? ((exponent & 1) == 0 ? 1 : -1) : 0;
    }
    long result = 1;
    long square = base;
    for (long e = exponent; e != 0; e >>= 1) {
      if ((e & 1) != 0) {
        result *= square;
      }
      square *= square;
    }
    return result;
  }

  /** {@return Python's remainder: C's, moved by one divisor where the signs differ} */
  static double remainder(double a, double b) {
    double r = a % b;
    return r != 0 && b < 0 != r < 0 ? r + b : r;
  }

  /** {@return the sign as -1, 0 or 1; 0 for NaN} */
  static double sign(double x) {
    return x > 0 ? 1 : x < 0 ? -1 : 0;
  }

  /** {@return the integer part, with the sign of the whole} */
  static double trunc(double x) {
    return Math.copySign(Math.floor(Math.abs(x)), x);
  }

  /** {@return the magnitude of one number with the sign of another; a NaN's sign is positive} */
  static double copysign(double a, double b) {
    return Math.copySign(a, Double.isNaN(b) ? 1.0 : b);
  }

  /** {@return the smaller; a NaN loses} */
  static double fmin(double a, double b) {
    return Double.isNaN(a) ? b : Double.isNaN(b) ? a : Math.min(a, b);
  }

  /** {@return the larger; a NaN loses} */
  static double fmax(double a, double b) {
    return Double.isNaN(a) ? b : Double.isNaN(b) ? a : Math.max(a, b);
  }

  /** {@return the bits of the bfloat16 nearest to a value} */
  static int bfloat16(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return bits >>> 16 | 0x40; // quiet, so that cutting the payload leaves a NaN
    }
    return (bits + 0x7fff + (bits >>> 16 & 1)) >>> 16;
  }

  /**
   * {@return the float32 from which a 16-bit float is rounded as if from the value itself}
   *
   * <p>It is rounded to odd: to the neighbouring float32 whose last bit is 1 (Boldo and Melquiond,
   * <i>When double rounding is odd</i>, 2005).
   */
  static float toOdd(double value) {
    float nearest = (float) value;
    if (nearest == value || Double.isNaN(value) || isOdd(nearest)) {
      return nearest;
    }
    return nearest < value ? Math.nextUp(nearest) : Math.nextDown(nearest);
  }

  /** {@return the float32 from which a 16-bit float is rounded as if from the value itself} */
  static float toOdd(long value) {
    float nearest = (float) value;
    // 2^63 is no long; the conversion back would saturate and look exact
    int order = nearest >= 0x1p63f ? 1 : Long.compare((long) nearest, value);
    if (order == 0 || isOdd(nearest)) {
      return nearest;
    }
    return order < 0 ? Math.nextUp(nearest) : Math.nextDown(nearest);
  }

  private static boolean isOdd(float value) {
    return (Float.floatToRawIntBits(value) & 1) != 0;
  }
}
