package fluxion.conformance.golden;

import fluxion.api.DType;
import fluxion.api.Tensor;
import java.util.Optional;

/**
 * How far found elements may be from recorded ones.
 *
 * @param relative as a part of the element
 * @param spread as a part of the largest finite element of the tensor
 * @param absolute besides
 */
record Tolerance(double relative, double spread, double absolute) {
  /** For float64. */
  static final Tolerance FLOAT64 = new Tolerance(1e-10, 1e-12, 1e-14);

  /** For float32. */
  static final Tolerance FLOAT32 = new Tolerance(1e-5, 2e-6, 1e-7);

  /** For a recorded tensor. */
  static Tolerance of(DType dtype) {
    return dtype == DType.FLOAT64 ? FLOAT64 : FLOAT32;
  }

  /** This tolerance with a larger absolute part. */
  Tolerance orAbsolute(double least) {
    return new Tolerance(relative, spread, Math.max(absolute, least));
  }

  /** What differs, with the numbers, if something does. */
  Optional<String> difference(Numbers expected, Tensor found) {
    Numbers actual = Numbers.of(found);
    if (actual.dtype() != expected.dtype() || !actual.shape().equals(expected.shape())) {
      return Optional.of(
          "found %s %s, recorded %s %s"
              .formatted(actual.dtype(), actual.shape(), expected.dtype(), expected.shape()));
    }
    return expected.dtype().isFloatingPoint()
        ? floats(expected, actual.floats())
        : integers(expected, actual.integers());
  }

  private Optional<String> floats(Numbers expected, double[] actual) {
    double largest = 0;
    for (double value : expected.floats()) {
      if (Double.isFinite(value)) {
        largest = Math.max(largest, Math.abs(value));
      }
    }
    int wrong = 0;
    String first = "";
    for (int i = 0; i < actual.length; i++) {
      double b = expected.floats()[i];
      double allowed = relative * Math.abs(b) + spread * largest + absolute;
      if (!same(actual[i], b, allowed)) {
        if (wrong++ == 0) {
          first =
              "element %d of %s: found %s, recorded %s, allowed difference %.3g"
                  .formatted(i, expected.shape(), actual[i], b, allowed);
        }
      }
    }
    return many(wrong, actual.length, first);
  }

  private static boolean same(double a, double b, double allowed) {
    if (Double.isFinite(b)) {
      return Math.abs(a - b) <= allowed;
    }
    // NaN meets NaN, an infinity itself
    return Double.compare(a, b) == 0;
  }

  private static Optional<String> integers(Numbers expected, long[] actual) {
    int wrong = 0;
    String first = "";
    for (int i = 0; i < actual.length; i++) {
      if (actual[i] != expected.integers()[i] && wrong++ == 0) {
        first =
            "element %d of %s: found %d, recorded %d"
                .formatted(i, expected.shape(), actual[i], expected.integers()[i]);
      }
    }
    return many(wrong, actual.length, first);
  }

  private static Optional<String> many(int wrong, int all, String first) {
    return wrong == 0
        ? Optional.empty()
        : Optional.of(first + " (%d of %d differ)".formatted(wrong, all));
  }
}
