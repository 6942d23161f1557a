package fluxion.backend.cpu;

import fluxion.api.DType;
import fluxion.engine.spi.Operand;
import fluxion.engine.spi.Reduction.Kind;
import java.util.Arrays;

/** Reductions as the package specifies them, one element at a time: the oracle of tests. */
final class PlainFold {
  private PlainFold() {}

  /** {@return the results of a reduction in row-major order} */
  static double[] reduce(Kind kind, DType dtype, Operand input, boolean[] reduced) {
    double[] values = Samples.values(input);
    int dims = reduced.length;
    int results = 1;
    int folded = 1;
    for (int d = 0; d < dims; d++) {
      if (reduced[d]) {
        folded *= (int) input.shape().size(d);
      } else {
        results *= (int) input.shape().size(d);
      }
    }
    double[][] sequences = new double[results][folded];
    int[] lengths = new int[results];
    for (int i = 0; i < values.length; i++) {
      int rest = i;
      int result = 0;
      int step = 1;
      for (int d = dims - 1; d >= 0; d--) {
        int size = (int) input.shape().size(d);
        if (!reduced[d]) {
          result += rest % size * step;
          step *= size;
        }
        rest /= size;
      }
      sequences[result][lengths[result]++] = values[i];
    }
    boolean lanes = dims > 0 && reduced[dims - 1];
    return Arrays.stream(sequences).mapToDouble(s -> fold(kind, dtype, s, lanes)).toArray();
  }

  /** {@return the result of one sequence} */
  static double fold(Kind kind, DType dtype, double[] x, boolean inLanes) {
    int block = inLanes ? 16_384 : 256;
    int width = !inLanes ? 1 : dtype == DType.FLOAT64 ? 16 : 32;
    int blocks = (x.length + block - 1) / block;
    double[] level = new double[Math.max(blocks, 1)];
    level[0] = neutral(kind);
    for (int b = 0; b < blocks; b++) {
      double[] lanes = new double[width];
      Arrays.fill(lanes, neutral(kind));
      for (int i = b * block; i < Math.min((b + 1) * block, x.length); i++) {
        int lane = (i - b * block) % width;
        lanes[lane] = apply(kind, dtype, lanes[lane], x[i]);
      }
      level[b] = lanes[0];
      for (int lane = 1; lane < width; lane++) {
        level[b] = apply(kind, dtype, level[b], lanes[lane]);
      }
    }
    for (int n = blocks; n > 1; n = (n + 1) / 2) {
      for (int i = 0; i < n / 2; i++) {
        level[i] = apply(kind, dtype, level[2 * i], level[2 * i + 1]);
      }
      if (n % 2 != 0) {
        level[n / 2] = level[n - 1];
      }
    }
    return level[0];
  }

  private static double neutral(Kind kind) {
    return switch (kind) {
      case SUM, ANY -> 0;
      case PROD, ALL -> 1;
      case MIN -> Double.POSITIVE_INFINITY;
      case MAX -> Double.NEGATIVE_INFINITY;
    };
  }

  private static double apply(Kind kind, DType dtype, double a, double b) {
    double value =
        switch (kind) {
          case SUM -> a + b;
          case PROD -> a * b;
          case MIN -> Math.min(a, b);
          case MAX -> Math.max(a, b);
          case ALL -> a != 0 && b != 0 ? 1 : 0;
          case ANY -> a != 0 || b != 0 ? 1 : 0;
        };
    return dtype == DType.FLOAT32 ? (float) value : Samples.round(dtype, value);
  }
}
