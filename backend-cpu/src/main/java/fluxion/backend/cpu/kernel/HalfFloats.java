package fluxion.backend.cpu.kernel;

/**
 * Conversions to and from the 16-bit floats, each rounding once to nearest, ties to even.
 *
 * <p>A float64 or an int64 does not fit a float32. Going through the nearest float32 would round
 * twice; so it is first <em>rounded to odd</em>: to the neighbouring float32 whose last bit is 1.
 * The second rounding then gives what one rounding would have given, since a float32 has more than
 * two bits more than either 16-bit format. (Boldo and Melquiond, <i>When double rounding is
 * odd</i>, 2005.)
 */
public final class HalfFloats {
  private HalfFloats() {}

  /**
   * {@return the binary16 nearest to a value, as bits}
   *
   * @param value the value
   */
  public static short toFloat16(double value) {
    return Float.floatToFloat16(toOdd(value));
  }

  /**
   * {@return the binary16 nearest to a value, as bits}
   *
   * @param value the value
   */
  public static short toFloat16(long value) {
    return Float.floatToFloat16(toOdd(value));
  }

  /**
   * {@return the value of a binary16}
   *
   * @param bits the bits
   */
  public static float fromFloat16(short bits) {
    return Float.float16ToFloat(bits);
  }

  /**
   * {@return the bfloat16 nearest to a value, as bits}
   *
   * @param value the value
   */
  public static short toBfloat16(double value) {
    return upperHalf(toOdd(value));
  }

  /**
   * {@return the bfloat16 nearest to a value, as bits}
   *
   * @param value the value
   */
  public static short toBfloat16(long value) {
    return upperHalf(toOdd(value));
  }

  /**
   * {@return the value of a bfloat16}
   *
   * @param bits the bits
   */
  public static float fromBfloat16(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }

  private static short upperHalf(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (short) (bits >>> 16 | 0x40); // quiet, so that cutting the payload leaves a NaN
    }
    return (short) ((bits + 0x7fff + (bits >>> 16 & 1)) >>> 16);
  }

  private static float toOdd(double value) {
    float nearest = (float) value;
    if (nearest == value || Double.isNaN(value) || isOdd(nearest)) {
      return nearest;
    }
    return nearest < value ? Math.nextUp(nearest) : Math.nextDown(nearest);
  }

  private static float toOdd(long value) {
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
