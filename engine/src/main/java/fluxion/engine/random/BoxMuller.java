package fluxion.engine.random;

/**
 * Turns uniform numbers into normal ones, sixteen at a time: the first eight give the radii, the
 * last eight the angles.
 *
 * <p>In float32 the logarithm, sine and cosine are the polynomials of the Cephes library (Stephen
 * L. Moshier), which is what PyTorch's vectorised kernel evaluates. The products are fused with the
 * sums that follow them exactly where that kernel fuses them; this gives its bits, and {@link
 * Math#fma(float, float, float)} is exact on every machine.
 */
@SuppressWarnings("FloatingPointLiteralPrecision") // constants as published, with more digits
final class BoxMuller {
  /** How many numbers are turned together. */
  static final int BLOCK = 16;

  private static final int HALF = BLOCK / 2;
  private static final float TWO_PI = (float) (2 * Math.PI);
  private static final float SQRT_HALF = 0.70710678f;
  private static final float FOUR_OVER_PI = (float) (4 / Math.PI);

  private BoxMuller() {}

  /** Replaces sixteen uniform numbers in [0, 1) by normal ones. */
  static void block(float[] data, int at, float mean, float std) {
    for (int j = at; j < at + HALF; j++) {
      float radius = (float) Math.sqrt(-2f * log(1f - data[j]));
      float theta = TWO_PI * data[j + HALF];
      int octant = octant(theta);
      float x = reduce(theta, octant);
      data[j] = Math.fma(radius * cos(x, octant), std, mean);
      data[j + HALF] = Math.fma(radius * sin(x, octant), std, mean);
    }
  }

  /** Replaces sixteen uniform numbers in [0, 1) by normal ones. */
  static void block(double[] data, int at, double mean, double std) {
    for (int j = at; j < at + HALF; j++) {
      double radius = Math.sqrt(-2 * CorrectlyRounded.log(1 - data[j]));
      double theta = 2 * Math.PI * data[j + HALF];
      data[j] = Math.fma(radius * CorrectlyRounded.cos(theta), std, mean);
      data[j + HALF] = Math.fma(radius * CorrectlyRounded.sin(theta), std, mean);
    }
  }

  /** {@return the natural logarithm of a normal number in (0, 1]} */
  private static float log(float value) {
    int bits = Float.floatToRawIntBits(value);
    float e = (bits >>> 23) - 126;
    // The fraction, in [0.5, 1).
    float m = Float.intBitsToFloat((bits & 0x007fffff) | 0x3f000000);
    float x = m - 1f;
    if (m < SQRT_HALF) {
      e -= 1f;
      x += m;
    }
    float z = x * x;
    float y = 7.0376836292E-2f;
    y = Math.fma(y, x, -1.1514610310E-1f);
    y = Math.fma(y, x, 1.1676998740E-1f);
    y = Math.fma(y, x, -1.2420140846E-1f);
    y = Math.fma(y, x, 1.4249322787E-1f);
    y = Math.fma(y, x, -1.6668057665E-1f);
    y = Math.fma(y, x, 2.0000714765E-1f);
    y = Math.fma(y, x, -2.4999993993E-1f);
    y = Math.fma(y, x, 3.3333331174E-1f);
    y *= x;
    // log(2) is added in two parts, the small one first.
    y = Math.fma(y, z, e * -2.12194440e-4f);
    y = Math.fma(z, -0.5f, y);
    return Math.fma(e, 0.693359375f, x + y);
  }

  /** {@return the nearest even multiple of π/4 below or above an angle in [0, 2π], in π/4} */
  private static int octant(float theta) {
    return ((int) (theta * FOUR_OVER_PI) + 1) & ~1;
  }

  /** {@return an angle less so many times π/4, which is subtracted in three parts} */
  private static float reduce(float theta, int octant) {
    float x = Math.fma(octant, -0.78515625f, theta);
    x = Math.fma(octant, -2.4187564849853515625e-4f, x);
    return Math.fma(octant, -3.77489497744594108e-8f, x);
  }

  private static float sin(float x, int octant) {
    float value = (octant & 2) == 0 ? sinNearZero(x) : cosNearZero(x);
    return (octant & 4) == 0 ? value : -value;
  }

  private static float cos(float x, int octant) {
    float value = (octant & 2) == 0 ? cosNearZero(x) : sinNearZero(x);
    return ((octant - 2) & 4) == 0 ? -value : value;
  }

  private static float sinNearZero(float x) {
    float z = x * x;
    float y = Math.fma(-1.9515295891E-4f, z, 8.3321608736E-3f);
    y = Math.fma(y, z, -1.6666654611E-1f);
    return Math.fma(y * z, x, x);
  }

  private static float cosNearZero(float x) {
    float z = x * x;
    float y = Math.fma(2.443315711809948E-005f, z, -1.388731625493765E-003f);
    y = Math.fma(y, z, 4.166664568298827E-002f);
    y = Math.fma(y * z, z, -0.5f * z);
    return y + 1f;
  }
}
