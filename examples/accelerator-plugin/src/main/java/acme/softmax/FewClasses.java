package acme.softmax;

import fluxion.api.DType;
import fluxion.engine.spi.Operand;
import fluxion.engine.spi.accelerator.Softmax;

/**
 * Softmax along short rows of float32 that lie one after another: one loop a row, where a general
 * kernel launches several. Everything else is left to the device's own.
 *
 * <p>The exponential is Cephes' {@code expf}: the argument less a multiple of ln 2, a polynomial of
 * degree 6 and the exponent's bits. Rows with a NaN, or whose largest element is infinite, are all
 * NaN.
 */
final class FewClasses implements Softmax {
  private static final int MOST = 128;

  /** From here on, downwards, exponentials are subnormal or zero. */
  private static final float SMALL = -87f;

  private static final float LOG2_E = 1.44269504f;
  private static final float LN2_HIGH = 0.693359375f;
  private static final float LN2_LOW = -2.12194440e-4f;
  private static final int BIAS = 127;
  private static final int MANTISSA = 23;

  private final Softmax otherwise;

  FewClasses(Softmax otherwise) {
    this.otherwise = otherwise;
  }

  @Override
  public void softmax(Operand input, int dim, boolean logarithm, Operand output) {
    int dims = input.shape().dim();
    if (input.dtype() != DType.FLOAT32
        || dims == 0
        || dim != dims - 1
        || input.shape().size(dim) > MOST
        || !input.isContiguous()
        || !output.isContiguous()) {
      otherwise.softmax(input, dim, logarithm, output);
      return;
    }
    float[] x = (float[]) input.buffer().hostArray().orElseThrow();
    float[] y = (float[]) output.buffer().hostArray().orElseThrow();
    int length = (int) input.shape().size(dim);
    int rows = (int) (input.numel() / length);
    int from = (int) input.offset();
    int to = (int) output.offset();
    for (int row = 0; row < rows; row++) {
      if (logarithm) {
        logarithms(x, from, y, to, length);
      } else {
        quotients(x, from, y, to, length);
      }
      from += length;
      to += length;
    }
  }

  private static void quotients(float[] x, int from, float[] y, int to, int length) {
    float max = max(x, from, length);
    float sum = 0;
    for (int i = 0; i < length; i++) {
      float e = exp(x[from + i] - max);
      y[to + i] = e;
      sum += e;
    }
    for (int i = 0; i < length; i++) {
      y[to + i] /= sum;
    }
  }

  private static void logarithms(float[] x, int from, float[] y, int to, int length) {
    float max = max(x, from, length);
    float sum = 0;
    for (int i = 0; i < length; i++) {
      sum += exp(x[from + i] - max);
    }
    float log = (float) Math.log(sum);
    for (int i = 0; i < length; i++) {
      y[to + i] = x[from + i] - max - log;
    }
  }

  private static float max(float[] x, int from, int length) {
    float max = x[from];
    for (int i = 1; i < length; i++) {
      max = Math.max(max, x[from + i]);
    }
    return max;
  }

  /** The exponential of a number that is at most 0, or NaN. */
  static float exp(float v) {
    if (v < SMALL) {
      return (float) Math.exp(v);
    }
    float k = (float) Math.rint(v * LOG2_E);
    float r = v - k * LN2_HIGH - k * LN2_LOW;
    float p = 1.9875691500e-4f;
    p = p * r + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    return (p * r * r + r + 1) * Float.intBitsToFloat(((int) k + BIAS) << MANTISSA);
  }
}
