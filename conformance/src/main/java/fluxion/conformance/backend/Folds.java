package fluxion.conformance.backend;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.engine.spi.CompiledReduction;
import fluxion.engine.spi.Reduction;
import fluxion.engine.spi.Reduction.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Reductions, by one loop over the elements. */
final class Folds {
  private Folds() {}

  /** Which dimensions a bit mask chooses. */
  static boolean[] mask(Shape shape, int mask) {
    boolean[] reduced = new boolean[shape.dim()];
    for (int d = 0; d < reduced.length; d++) {
      reduced[d] = (mask >> d & 1) != 0;
    }
    return reduced;
  }

  /** The chosen dimensions in words. */
  static String words(boolean[] reduced) {
    List<Integer> dims = new ArrayList<>();
    for (int d = 0; d < reduced.length; d++) {
      if (reduced[d]) {
        dims.add(d);
      }
    }
    return dims.isEmpty() ? "no dimension" : "dimensions " + dims;
  }

  /** The sizes with 1 where folded. */
  static Shape shape(Shape shape, boolean[] reduced) {
    long[] sizes = shape.toArray();
    for (int d = 0; d < sizes.length; d++) {
      sizes[d] = reduced[d] ? 1 : sizes[d];
    }
    return Shape.of(sizes);
  }

  /** Compiles a reduction. */
  static CompiledReduction compile(Bench bench, Reduction reduction) {
    CompiledReduction compiled = bench.backend().compile(reduction);
    if (compiled == null) {
      throw new AssertionError("compile gave null for the reduction " + reduction);
    }
    return compiled;
  }

  /** Runs a reduction of one input without scalars. */
  static Values run(
      Bench bench,
      Reduction reduction,
      Window input,
      boolean[] reduced,
      DType result,
      Placement placement) {
    bench.require(reduction.accumulator());
    Window output = bench.output(result, shape(input.operand().shape(), reduced), placement);
    bench
        .backend()
        .reduce(
            compile(bench, reduction),
            Window.operands(input),
            reduced,
            output.operand(),
            new Scalar[0]);
    input.requireUnchanged(bench, "reduce");
    return output.read(bench);
  }

  /**
   * The fold in a dtype that holds it: float64, int64 or bool. Sums of floats are right where every
   * partial sum is exact.
   */
  static Values exact(Kind kind, Values given, boolean[] reduced) {
    DType wide =
        given.isFloating()
            ? DType.FLOAT64
            : given.dtype() == DType.BOOL && kind != Kind.SUM ? DType.BOOL : DType.INT64;
    Shape shape = shape(given.shape(), reduced);
    Values result = new Values(wide, shape);
    for (int i = 0; i < result.size(); i++) {
      putNeutral(result, i, kind, wide);
    }
    for (int i = 0; i < given.size(); i++) {
      int[] indices = Values.indices(given.shape(), i);
      for (int d = 0; d < indices.length; d++) {
        indices[d] = reduced[d] ? 0 : indices[d];
      }
      int at = Values.position(shape, indices);
      if (given.isFloating()) {
        result.setReal(at, combine(kind, result.real(at), given.real(i)));
      } else {
        result.setWhole(at, combine(kind, result.whole(at), given.whole(i)));
      }
    }
    return result;
  }

  /** One step of a fold of floats. */
  static double combine(Kind kind, double a, double b) {
    return switch (kind) {
      case SUM -> a + b;
      case PROD -> a * b;
      case MIN -> Math.min(a, b);
      case MAX -> Math.max(a, b);
      case ALL, ANY -> throw new IllegalArgumentException(kind + " of floats");
    };
  }

  /** One step of a fold of integers or truth values. */
  static long combine(Kind kind, long a, long b) {
    return switch (kind) {
      case SUM -> a + b;
      case PROD -> a * b;
      case MIN -> Math.min(a, b);
      case MAX -> Math.max(a, b);
      case ALL -> a != 0 && b != 0 ? 1 : 0;
      case ANY -> a != 0 || b != 0 ? 1 : 0;
    };
  }

  /** Puts the neutral element of a kind in an accumulator's dtype, cast to the array's. */
  static void putNeutral(Values values, int i, Kind kind, DType accumulator) {
    double infinite = Double.POSITIVE_INFINITY;
    if (values.isFloating()) {
      values.setReal(
          i,
          switch (kind) {
            case MIN -> infinite;
            case MAX -> -infinite;
            case PROD -> 1;
            default -> 0;
          });
    } else {
      values.setWhole(
          i,
          switch (kind) {
            case MIN -> DTypes.greatest(accumulator);
            case MAX -> DTypes.least(accumulator);
            case PROD, ALL -> 1;
            default -> 0;
          });
    }
  }

  /** The sum of finite floats, rounded once. */
  static double sum(Values given) {
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 0; i < given.size(); i++) {
      sum = sum.add(new BigDecimal(given.real(i)));
    }
    return sum.doubleValue();
  }

  /**
   * The relative error that n − 1 additions may make: (n − 1)·u / (1 − (n − 1)·u) of the sum of the
   * magnitudes, for any order of addition (Higham, Accuracy and Stability of Numerical Algorithms,
   * 2002, section 4.2).
   */
  static double sumBound(DType accumulator, long n) {
    double u = DTypes.epsilon(accumulator) / 2;
    double steps = Math.max(n - 1, 0) * u;
    return steps / (1 - steps) + u;
  }
}
