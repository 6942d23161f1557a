package fluxion.backend.cpu.reduce;

import fluxion.engine.spi.Reduction;
import java.util.Arrays;

/** Folds {@code float} values; each step is one operation of float32. */
class FloatFold extends Fold {
  /** From this width on rows are combined column by column, which compiles to vectors. */
  private static final int WIDE = 64;

  private final float neutral;

  FloatFold(Reduction.Kind kind) {
    super(kind);
    this.neutral =
        switch (kind) {
          case SUM, ANY -> 0;
          case PROD, ALL -> 1;
          case MIN -> Float.POSITIVE_INFINITY;
          case MAX -> Float.NEGATIVE_INFINITY;
        };
  }

  private static float combine(Reduction.Kind kind, float a, float b) {
    return switch (kind) {
      case SUM -> a + b;
      case PROD -> a * b;
      case MIN -> Math.min(a, b);
      case MAX -> Math.max(a, b);
      case ALL -> a != 0 && b != 0 ? 1 : 0;
      case ANY -> a != 0 || b != 0 ? 1 : 0;
    };
  }

  @Override
  public Fold vectors() {
    return new FloatVectorFold(kind());
  }

  @Override
  float[] array(int n) {
    return new float[n];
  }

  @Override
  void neutral(Object accumulators, int at, int n) {
    Arrays.fill((float[]) accumulators, at, at + n, neutral);
  }

  @Override
  public void sequence(Object target, int at, Object values, int from, int step, int n) {
    float[] x = (float[]) values;
    float result = neutral;
    if (kind() == Reduction.Kind.SUM) {
      for (int i = 0; i < n; i++) {
        result += x[from + i * step];
      }
    } else {
      for (int i = 0; i < n; i++) {
        result = combine(kind(), result, x[from + i * step]);
      }
    }
    ((float[]) target)[at] = Float.isNaN(result) ? Float.NaN : result;
  }

  @Override
  void store(Object target, int at, int step, Object results, int from, int n) {
    float[] to = (float[]) target;
    float[] x = (float[]) results;
    for (int i = 0; i < n; i++) {
      float value = x[from + i];
      to[at + i * step] = Float.isNaN(value) ? Float.NaN : value;
    }
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
    if (columnStep == 1 && columns >= WIDE) {
      wide(a, at, x, from, step, rows, columns);
      return;
    }
    int c = 0;
    for (; c + 4 <= columns; c += 4) {
      int start = from + c * columnStep;
      if (kind() == Reduction.Kind.SUM) {
        addFour(a, at + c, x, start, step, columnStep, rows);
      } else {
        combineFour(kind(), a, at + c, x, start, step, columnStep, rows);
      }
    }
    for (; c < columns; c++) {
      int start = from + c * columnStep;
      float result = a[at + c];
      for (int r = 0; r < rows; r++) {
        result = combine(kind(), result, x[start + r * step]);
      }
      a[at + c] = result;
    }
  }

  private static void addFour(
      float[] a, int at, float[] x, int from, int step, int columnStep, int rows) {
    float a0 = a[at];
    float a1 = a[at + 1];
    float a2 = a[at + 2];
    float a3 = a[at + 3];
    for (int r = 0; r < rows; r++) {
      int i = from + r * step;
      a0 += x[i];
      a1 += x[i + columnStep];
      a2 += x[i + 2 * columnStep];
      a3 += x[i + 3 * columnStep];
    }
    a[at] = a0;
    a[at + 1] = a1;
    a[at + 2] = a2;
    a[at + 3] = a3;
  }

  private static void combineFour(
      Reduction.Kind kind,
      float[] a,
      int at,
      float[] x,
      int from,
      int step,
      int columnStep,
      int rows) {
    float a0 = a[at];
    float a1 = a[at + 1];
    float a2 = a[at + 2];
    float a3 = a[at + 3];
    for (int r = 0; r < rows; r++) {
      int i = from + r * step;
      a0 = combine(kind, a0, x[i]);
      a1 = combine(kind, a1, x[i + columnStep]);
      a2 = combine(kind, a2, x[i + 2 * columnStep]);
      a3 = combine(kind, a3, x[i + 3 * columnStep]);
    }
    a[at] = a0;
    a[at + 1] = a1;
    a[at + 2] = a2;
    a[at + 3] = a3;
  }

  /** Combines rows of contiguous columns. */
  void wide(float[] a, int at, float[] x, int from, int step, int rows, int columns) {
    int r = 0;
    if (kind() == Reduction.Kind.SUM) {
      for (; r + 4 <= rows; r += 4) {
        int i = from + r * step;
        addRows(a, at, x, i, i + step, i + 2 * step, i + 3 * step, columns);
      }
    }
    for (; r < rows; r++) {
      combineRow(a, at, x, from + r * step, columns);
    }
  }

  private static void addRows(
      float[] a, int at, float[] x, int i0, int i1, int i2, int i3, int columns) {
    for (int c = 0; c < columns; c++) {
      a[at + c] = (((a[at + c] + x[i0 + c]) + x[i1 + c]) + x[i2 + c]) + x[i3 + c];
    }
  }

  private void combineRow(float[] a, int at, float[] x, int from, int columns) {
    switch (kind()) {
      case SUM -> {
        for (int c = 0; c < columns; c++) {
          a[at + c] += x[from + c];
        }
      }
      case MIN -> {
        for (int c = 0; c < columns; c++) {
          a[at + c] = Math.min(a[at + c], x[from + c]);
        }
      }
      case MAX -> {
        for (int c = 0; c < columns; c++) {
          a[at + c] = Math.max(a[at + c], x[from + c]);
        }
      }
      default -> {
        for (int c = 0; c < columns; c++) {
          a[at + c] = combine(kind(), a[at + c], x[from + c]);
        }
      }
    }
  }
}
