package fluxion.backend.cpu.reduce;

import fluxion.api.DType;
import fluxion.engine.spi.Reduction;
import java.util.Arrays;

/**
 * Sums and products of 16-bit floats, each step rounded to their dtype.
 *
 * <p>A sum or product of two of them, rounded to float32 and then to 16 bits, has the bits of one
 * rounding: a float32 has more than twice the precision.
 */
final class HalfFold extends Fold {
  private final boolean brain;

  HalfFold(Reduction.Kind kind, DType dtype) {
    super(kind);
    this.brain = dtype == DType.BFLOAT16;
  }

  private float combine(float a, float b) {
    float value = kind() == Reduction.Kind.SUM ? a + b : a * b;
    if (!brain) {
      return Float.float16ToFloat(Float.floatToFloat16(value));
    }
    int bits = Float.floatToRawIntBits(value);
    return Float.isNaN(value)
        ? Float.NaN
        : Float.intBitsToFloat((bits + 0x7fff + (bits >>> 16 & 1)) & 0xffff0000);
  }

  @Override
  float[] array(int n) {
    return new float[n];
  }

  @Override
  void neutral(Object accumulators, int at, int n) {
    Arrays.fill((float[]) accumulators, at, at + n, kind() == Reduction.Kind.SUM ? 0 : 1);
  }

  @Override
  void rows(
      Object accumulators,
      int at,
      Object values,
      int from,
      int step,
      int columnStep,
      int rows,
      int columns) {
    float[] a = (float[]) accumulators;
    float[] x = (float[]) values;
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        a[at + c] = combine(a[at + c], x[from + r * step + c * columnStep]);
      }
    }
  }

  @Override
  public void sequence(Object target, int at, Object values, int from, int step, int n) {
    float[] result = new float[1];
    neutral(result, 0, 1);
    rows(result, 0, values, from, step, 0, n, 1);
    store(target, at, 1, result, 0, 1);
  }

  @Override
  void store(Object target, int at, int step, Object results, int from, int n) {
    float[] x = (float[]) results;
    for (int i = 0; i < n; i++) {
      float value = x[from + i];
      ((float[]) target)[at + i * step] = Float.isNaN(value) ? Float.NaN : value;
    }
  }
}
