package fluxion.engine.expr;

import fluxion.api.DType;

/**
 * Rounding and wrapping to a dtype.
 *
 * <p>Floating values of every dtype are held in a double, which represents them exactly, integers
 * and truth values in a long.
 */
public final class Conversions {
  private Conversions() {}

  /**
   * {@return the value of a float dtype nearest to a double, ties to even, rounded once}
   *
   * @param type a float dtype
   * @param value any double
   */
  public static double roundTo(DType type, double value) {
    return switch (type) {
      case FLOAT32 -> (float) value;
      case FLOAT16 -> Float.float16ToFloat(Float.floatToFloat16(toOdd(value)));
      case BFLOAT16 -> roundToBfloat16(toOdd(value));
      default -> value;
    };
  }

  /**
   * {@return the value of a float dtype nearest to an integer, ties to even, rounded once}
   *
   * @param type a float dtype
   * @param value any integer
   */
  public static double toFloating(DType type, long value) {
    if (type == DType.FLOAT64) {
      return value;
    }
    if (type == DType.FLOAT32) {
      return (float) value;
    }
    if (Math.abs(value) < 1L << 53) {
      return roundTo(type, (double) value);
    }
    // Rounded to odd at 53 bits first, for the same reason as in toOdd.
    long head = value & ~0x7FFL;
    return roundTo(type, (double) ((value & 0x7FF) != 0 ? head | 0x800 : head));
  }

  /**
   * {@return the value of an integer dtype that is congruent to an integer}
   *
   * @param type an integer dtype, or bool, which keeps the lowest bit
   * @param value any integer
   */
  public static long wrap(DType type, long value) {
    return switch (type) {
      case BOOL -> value & 1;
      case UINT8 -> value & 0xFF;
      case INT8 -> (byte) value;
      case INT16 -> (short) value;
      case INT32 -> (int) value;
      default -> value;
    };
  }

  /** Wraps the first n elements in place. */
  static void wrap(DType type, long[] r, int n) {
    switch (type) {
      case BOOL -> {
        for (int i = 0; i < n; i++) {
          r[i] &= 1;
        }
      }
      case UINT8 -> {
        for (int i = 0; i < n; i++) {
          r[i] &= 0xFF;
        }
      }
      case INT8 -> {
        for (int i = 0; i < n; i++) {
          r[i] = (byte) r[i];
        }
      }
      case INT16 -> {
        for (int i = 0; i < n; i++) {
          r[i] = (short) r[i];
        }
      }
      case INT32 -> {
        for (int i = 0; i < n; i++) {
          r[i] = (int) r[i];
        }
      }
      default -> {}
    }
  }

  /** Rounds the first n elements in place to float32; float64 stays. */
  static void round(DType type, double[] r, int n) {
    if (type == DType.FLOAT32) {
      for (int i = 0; i < n; i++) {
        r[i] = (float) r[i];
      }
    }
  }

  /** The bits of n floats of a dtype. */
  static void bits(DType from, long[] r, double[] a, int n) {
    if (from == DType.FLOAT64) {
      for (int i = 0; i < n; i++) {
        r[i] = Double.doubleToRawLongBits(a[i]);
      }
    } else {
      for (int i = 0; i < n; i++) {
        r[i] = Float.floatToRawIntBits((float) a[i]);
      }
    }
  }

  /** The n floats of a dtype that have some bits. */
  static void fromBits(DType type, double[] r, long[] a, int n) {
    if (type == DType.FLOAT64) {
      for (int i = 0; i < n; i++) {
        r[i] = Double.longBitsToDouble(a[i]);
      }
    } else {
      for (int i = 0; i < n; i++) {
        r[i] = Float.intBitsToFloat((int) a[i]);
      }
    }
  }

  /** Converts n elements between float dtypes. */
  static void cast(DType type, double[] r, double[] a, int n) {
    if (type == DType.FLOAT64) {
      System.arraycopy(a, 0, r, 0, n);
    } else if (type == DType.FLOAT32) {
      for (int i = 0; i < n; i++) {
        r[i] = (float) a[i];
      }
    } else {
      for (int i = 0; i < n; i++) {
        r[i] = roundTo(type, a[i]);
      }
    }
  }

  /** Converts n floats to an integer dtype or bool. */
  static void cast(DType type, long[] r, double[] a, int n) {
    if (type == DType.BOOL) {
      for (int i = 0; i < n; i++) {
        r[i] = a[i] != 0 ? 1 : 0;
      }
    } else {
      for (int i = 0; i < n; i++) {
        r[i] = (long) a[i];
      }
      wrap(type, r, n);
    }
  }

  /** Converts n integers to a float dtype. */
  static void cast(DType type, double[] r, long[] a, int n) {
    if (type == DType.FLOAT64) {
      for (int i = 0; i < n; i++) {
        r[i] = a[i];
      }
    } else {
      for (int i = 0; i < n; i++) {
        r[i] = toFloating(type, a[i]);
      }
    }
  }

  /** Converts n integers to an integer dtype or bool. */
  static void cast(DType type, long[] r, long[] a, int n) {
    if (type == DType.BOOL) {
      for (int i = 0; i < n; i++) {
        r[i] = a[i] != 0 ? 1 : 0;
      }
    } else {
      System.arraycopy(a, 0, r, 0, n);
      wrap(type, r, n);
    }
  }

  /**
   * The double cut to a float, with the last bit set if anything was cut ("rounding to odd").
   *
   * <p>A 24-bit number rounded so remembers on which side of every 11-bit (float16) or 8-bit
   * (bfloat16) midpoint the double lay, so that rounding it again gives what rounding once would
   * (Boldo and Melquiond, "When double rounding is odd", 2005).
   */
  private static float toOdd(double value) {
    float nearest = (float) value;
    if (nearest == value || Double.isNaN(value)) {
      return nearest;
    }
    int bits = Float.floatToRawIntBits(nearest);
    if (Math.abs((double) nearest) > Math.abs(value)) {
      bits--;
    }
    return Float.intBitsToFloat(bits | 1);
  }

  private static float roundToBfloat16(float value) {
    if (Double.isNaN(value)) {
      return value;
    }
    int bits = Float.floatToRawIntBits(value);
    int even = bits >>> 16 & 1;
    return Float.intBitsToFloat(bits + 0x7FFF + even & 0xFFFF0000);
  }
}
