package fluxion.backend.cpu.reduce;

import fluxion.api.DType;
import fluxion.engine.spi.Reduction;
import java.util.Arrays;

/**
 * Folds integers and truth values in int64. Sums and products wrap to a narrower dtype when they
 * are stored: wrapping at each step gives the same.
 */
final class LongFold extends Fold {
  private final long neutral;

  LongFold(Reduction.Kind kind, DType dtype) {
    super(kind);
    boolean unsigned = dtype == DType.BOOL || dtype == DType.UINT8;
    long smallest = unsigned ? 0 : -1L << (8 * dtype.bytes() - 1);
    long largest = dtype == DType.BOOL ? 1 : unsigned ? 0xff : -1 - smallest;
    this.neutral =
        switch (kind) {
          case SUM, ANY -> 0;
          case PROD, ALL -> 1;
          case MIN -> largest;
          case MAX -> smallest;
        };
  }

  private static long combine(Reduction.Kind kind, long a, long b) {
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
  long[] array(int n) {
    return new long[n];
  }

  @Override
  void neutral(Object accumulators, int at, int n) {
    Arrays.fill((long[]) accumulators, at, at + n, neutral);
  }

  @Override
  public void sequence(Object target, int at, Object values, int from, int step, int n) {
    ((long[]) target)[at] = fold(neutral, (long[]) values, from, step, n);
  }

  @Override
  void store(Object target, int at, int step, Object results, int from, int n) {
    long[] to = (long[]) target;
    long[] x = (long[]) results;
    for (int i = 0; i < n; i++) {
      to[at + i * step] = x[from + i];
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
    long[] a = (long[]) accumulators;
    long[] x = (long[]) values;
    if (rows < columns) {
      for (int r = 0; r < rows; r++) {
        row(a, at, x, from + r * step, columnStep, columns);
      }
    } else {
      for (int c = 0; c < columns; c++) {
        a[at + c] = fold(a[at + c], x, from + c * columnStep, step, rows);
      }
    }
  }

  /** Integers may be combined in any order, so lanes are not kept apart. */
  @Override
  void laneRows(Object lanes, Object values, int from, int rows) {
    long[] a = (long[]) lanes;
    a[0] = fold(a[0], (long[]) values, from, 1, rows * lanes());
  }

  private long fold(long start, long[] x, int from, int step, int n) {
    long result = start;
    switch (kind()) {
      case SUM -> {
        if (step == 1) {
          for (int i = from; i < from + n; i++) {
            result += x[i];
          }
        } else {
          for (int i = 0; i < n; i++) {
            result += x[from + i * step];
          }
        }
      }
      case MIN -> {
        for (int i = 0; i < n; i++) {
          result = Math.min(result, x[from + i * step]);
        }
      }
      case MAX -> {
        for (int i = 0; i < n; i++) {
          result = Math.max(result, x[from + i * step]);
        }
      }
      default -> {
        for (int i = 0; i < n; i++) {
          result = combine(kind(), result, x[from + i * step]);
        }
      }
    }
    return result;
  }

  private void row(long[] a, int at, long[] x, int from, int step, int n) {
    if (kind() == Reduction.Kind.SUM) {
      for (int c = 0; c < n; c++) {
        a[at + c] += x[from + c * step];
      }
    } else {
      for (int c = 0; c < n; c++) {
        a[at + c] = combine(kind(), a[at + c], x[from + c * step]);
      }
    }
  }
}
