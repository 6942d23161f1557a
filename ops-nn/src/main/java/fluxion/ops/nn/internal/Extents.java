package fluxion.ops.nn.internal;

import fluxion.api.ArgumentException;
import java.util.Arrays;

/** Sizes and steps that are given once for all dimensions, or once for each. */
final class Extents {
  /** What no size or step of a window may exceed, so that no product of two overflows. */
  private static final long LARGEST = Integer.MAX_VALUE;

  private static final String[] NUMBERS = {"", "one", "two", "three"};

  private Extents() {}

  /** The numbers of a convolution, one for each dimension. */
  static long[] ofConvolution(String name, long[] given, int dims) {
    if (given.length != 1 && given.length != dims) {
      throw new ArgumentException(
          "expected "
              + name
              + " to be a single integer value or a list of "
              + dims
              + " values to match the convolution dimensions, but got "
              + name
              + "="
              + Arrays.toString(given));
    }
    return spread(name, given, dims);
  }

  /** The numbers of a pool, one for each dimension. */
  static long[] ofPool(String operator, String name, long[] given, int dims) {
    if (given.length != 1 && given.length != dims) {
      throw new ArgumentException(
          operator
              + ": "
              + name
              + " must either be a single int, or a tuple of "
              + NUMBERS[dims]
              + " ints");
    }
    return spread(name, given, dims);
  }

  private static long[] spread(String name, long[] given, int dims) {
    for (long value : given) {
      if (Math.abs(value) > LARGEST || value == Long.MIN_VALUE) {
        throw new ArgumentException(
            name
                + "="
                + value
                + " is beyond what any tensor has; at most "
                + LARGEST
                + " is taken");
      }
    }
    long[] result = new long[dims];
    for (int d = 0; d < dims; d++) {
      result[d] = given[given.length == 1 ? 0 : d];
    }
    return result;
  }

  /** Sizes as PyTorch's messages join them: {@code 2x3}. */
  static String joined(String separator, long... sizes) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < sizes.length; i++) {
      text.append(i == 0 ? "" : separator).append(sizes[i]);
    }
    return text.toString();
  }
}
