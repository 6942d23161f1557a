package fluxion.nn.internal;

import fluxion.api.ArgumentException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Sizes of windows, which may be given once for all dimensions. */
public final class Sizes {
  private Sizes() {}

  /**
   * {@return the sizes as a list}
   *
   * @param sizes the sizes
   */
  public static List<Long> of(long... sizes) {
    return Arrays.stream(sizes).boxed().toList();
  }

  /**
   * {@return the sizes as an array}
   *
   * @param sizes the sizes
   */
  public static long[] array(List<Long> sizes) {
    return sizes.stream().mapToLong(Long::longValue).toArray();
  }

  /**
   * {@return one size for each dimension}
   *
   * @param what what they are of
   * @param sizes one for all, or one for each
   * @param dims the number of dimensions
   * @throws ArgumentException if there are other than one or that many
   */
  public static List<Long> each(String what, List<Long> sizes, int dims) {
    if (sizes.size() != 1 && sizes.size() != dims) {
      throw new ArgumentException(
          what + " must be one integer or " + dims + ", but got " + Texts.tuple(sizes));
    }
    return sizes.size() == dims ? sizes : Collections.nCopies(dims, sizes.get(0));
  }
}
