package fluxion.conformance.backend;

import fluxion.api.DType;

/**
 * What a number becomes in a dtype, by the definition: the oracle of every cast.
 *
 * <p>Floating-point values of every dtype are held in a double, integers and truth values in a
 * long; both represent them exactly.
 */
final class Numbers {
  private static final int BFLOAT16_DIGITS = 8;
  private static final int FLOAT16_DIGITS = 11;

  private Numbers() {}

  /** The value of a float dtype nearest to a double, ties to even. */
  static double round(DType dtype, double value) {
    return switch (dtype) {
      case FLOAT16 -> round(value, FLOAT16_DIGITS, -24, 65504);
      case BFLOAT16 -> round(value, BFLOAT16_DIGITS, -133, 0x1.FEp127);
      case FLOAT32 -> (float) value;
      default -> value;
    };
  }

  /** The multiple of the unit in the last place nearest to a value; ±∞ beyond the greatest. */
  private static double round(double value, int digits, int leastUnit, double greatest) {
    if (value == 0 || Double.isNaN(value) || Double.isInfinite(value)) {
      return value;
    }
    int exponent = Math.max(Math.getExponent(value) - (digits - 1), leastUnit);
    double unit = Math.scalb(1.0, exponent);
    double rounded = Math.rint(value / unit) * unit;
    return Math.abs(rounded) > greatest ? Math.copySign(Double.POSITIVE_INFINITY, value) : rounded;
  }

  /** The value of a float dtype nearest to an integer, ties to even. */
  static double round(DType dtype, long value) {
    if (dtype == DType.FLOAT64) {
      return value;
    }
    if (dtype == DType.FLOAT32) {
      return (float) value;
    }
    double exact = value;
    if ((long) exact == value && value != Long.MAX_VALUE) {
      return round(dtype, exact);
    }
    // beyond 2⁵³ a bfloat16 has a unit above 2⁴⁵, and a float16 is infinite
    int digits = 64 - Long.numberOfLeadingZeros(Math.abs(value));
    long unit = 1L << (digits - BFLOAT16_DIGITS);
    long quotient = Math.abs(value) / unit;
    long rest = Math.abs(value) % unit;
    boolean up = rest > unit / 2 || (rest == unit / 2 && quotient % 2 == 1);
    double rounded = (double) (up ? quotient + 1 : quotient) * unit;
    return round(dtype, value < 0 ? -rounded : rounded);
  }

  /** The value of an integer dtype that is congruent to an integer; of bool whether it is not 0. */
  static long wrap(DType dtype, long value) {
    return switch (dtype) {
      case BOOL -> value != 0 ? 1 : 0;
      case UINT8 -> value & 0xFF;
      case INT8 -> (byte) value;
      case INT16 -> (short) value;
      case INT32 -> (int) value;
      default -> value;
    };
  }

  /** A float cut towards zero to an int64 (NaN gives 0), then wrapped; of bool whether not 0. */
  static long cut(DType dtype, double value) {
    return dtype == DType.BOOL ? (value != 0 ? 1 : 0) : wrap(dtype, (long) value);
  }

  /** The bits of a value of a 16-bit float dtype. */
  static short toBits(DType dtype, double value) {
    return dtype == DType.FLOAT16
        ? Float.floatToFloat16((float) value)
        : (short) (Float.floatToRawIntBits((float) value) >>> 16);
  }

  /** The value of a 16-bit float dtype that has some bits. */
  static double fromBits(DType dtype, short bits) {
    return dtype == DType.FLOAT16 ? Float.float16ToFloat(bits) : Float.intBitsToFloat(bits << 16);
  }
}
