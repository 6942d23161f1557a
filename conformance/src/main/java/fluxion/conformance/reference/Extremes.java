package fluxion.conformance.reference;

import fluxion.api.DType;
import org.jspecify.annotations.Nullable;

/** Where the largest or smallest element of a line is. */
final class Extremes {
  private Extremes() {}

  /** {@return the largest or smallest element of a dtype; of floats an infinity} */
  static long bound(DType dtype, boolean largest) {
    if (dtype.isFloatingPoint()) {
      return Element.of(largest ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY);
    }
    return switch (dtype) {
      case BOOL -> largest ? 1 : 0;
      case UINT8 -> largest ? 255 : 0;
      default -> {
        long top = Long.MAX_VALUE >> (64 - 8 * dtype.bytes());
        yield largest ? top : ~top;
      }
    };
  }

  /** Finds extreme elements; see {@link fluxion.engine.spi.Backend#argReduce}. */
  static void find(boolean max, Window input, int dim, @Nullable Window values, Window indices) {
    for (Walk line = new Walk(input.sizesWith(dim, 1)); line.isInside(); line.next()) {
      long[] at = line.index();
      long best = input.get(at);
      long place = 0;
      for (long i = 1; i < input.size(dim); i++) {
        at[dim] = i;
        long value = input.get(at);
        if (isBetter(max, input.dtype(), value, best)) {
          best = value;
          place = i;
        }
      }
      at[dim] = 0;
      if (values != null) {
        values.set(at, best);
      }
      indices.set(at, place);
    }
  }

  /** {@return whether a later value takes the place of the best so far: the first NaN does} */
  private static boolean isBetter(boolean max, DType dtype, long value, long best) {
    if (Element.isNan(dtype, value) || Element.isNan(dtype, best)) {
      return !Element.isNan(dtype, best);
    }
    int order = Arithmetic.compare(dtype, value, best);
    return max ? order > 0 : order < 0;
  }
}
