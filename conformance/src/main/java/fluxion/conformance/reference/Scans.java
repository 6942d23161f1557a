package fluxion.conformance.reference;

import fluxion.api.DType;
import fluxion.engine.spi.Reduction;
import fluxion.engine.spi.ScanKind;
import org.jspecify.annotations.Nullable;

/** Running sums, products and extremes. */
final class Scans {
  private Scans() {}

  /** Scans each line; see {@link fluxion.engine.spi.Backend#scan}. */
  static void run(
      ScanKind kind,
      Window input,
      int dim,
      boolean reversed,
      Window output,
      @Nullable Window indices) {
    for (Walk line = new Walk(input.sizesWith(dim, 1)); line.isInside(); line.next()) {
      switch (kind) {
        case SUM -> fold(Reduction.Kind.SUM, line.index(), input, dim, reversed, output);
        case PROD -> fold(Reduction.Kind.PROD, line.index(), input, dim, reversed, output);
        case MAX -> extreme(true, line.index(), input, dim, reversed, output, indices);
        case MIN -> extreme(false, line.index(), input, dim, reversed, output, indices);
      }
      line.index()[dim] = 0;
    }
  }

  /** Each result is the exact sum or product so far, rounded once. */
  private static void fold(
      Reduction.Kind kind, long[] at, Window input, int dim, boolean reversed, Window output) {
    long n = input.size(dim);
    Fold fold = Fold.of(kind, output.dtype());
    for (long i = 0; i < n; i++) {
      at[dim] = reversed ? n - 1 - i : i;
      fold.add(Element.cast(input.get(at), input.dtype(), output.dtype()));
      output.set(at, fold.result());
    }
  }

  /** Of equal values the last one counts, and a NaN more than every number. */
  private static void extreme(
      boolean max,
      long[] at,
      Window input,
      int dim,
      boolean reversed,
      Window output,
      @Nullable Window indices) {
    DType dtype = output.dtype();
    long n = input.size(dim);
    long best = 0;
    long place = -1;
    for (long i = 0; i < n; i++) {
      at[dim] = reversed ? n - 1 - i : i;
      long value = Element.cast(input.get(at), input.dtype(), dtype);
      if (place < 0 || replaces(max, dtype, value, best)) {
        best = value;
        place = at[dim];
      }
      output.set(at, best);
      if (indices != null) {
        indices.set(at, place);
      }
    }
  }

  private static boolean replaces(boolean max, DType dtype, long value, long best) {
    if (Element.isNan(dtype, value) || Element.isNan(dtype, best)) {
      return Element.isNan(dtype, value);
    }
    int order = Arithmetic.compare(dtype, value, best);
    return max ? order >= 0 : order <= 0;
  }
}
