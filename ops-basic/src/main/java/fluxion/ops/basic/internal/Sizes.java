package fluxion.ops.basic.internal;

import fluxion.api.Shape;
import fluxion.api.ShapeException;
import java.util.Arrays;

/** The sizes that {@code view} and {@code reshape} are given. */
final class Sizes {
  private Sizes() {}

  /**
   * {@return the sizes with a −1 replaced by what follows from the number of elements}
   *
   * @param sizes the sizes, of which one may be −1
   * @param numel the number of elements
   * @throws ShapeException if they do not make that number
   */
  static Shape infer(long[] sizes, long numel) {
    int inferred = -1;
    long known = 1;
    for (int d = 0; d < sizes.length; d++) {
      if (sizes[d] == -1) {
        if (inferred >= 0) {
          throw new ShapeException("only one dimension can be inferred");
        }
        inferred = d;
      } else if (sizes[d] < 0) {
        throw new ShapeException("invalid shape dimension " + sizes[d]);
      } else {
        known *= sizes[d];
      }
    }
    if (inferred < 0 ? known != numel : known == 0 ? numel != 0 : numel % known != 0) {
      throw new ShapeException(
          "shape '" + Arrays.toString(sizes) + "' is invalid for input of size " + numel);
    }
    if (inferred < 0) {
      return Shape.of(sizes);
    }
    if (known == 0) {
      throw new ShapeException(
          "cannot reshape tensor of 0 elements into shape "
              + Arrays.toString(sizes)
              + " because the unspecified dimension size -1 can be any value and is ambiguous");
    }
    long[] result = sizes.clone();
    result[inferred] = numel / known;
    return Shape.of(result);
  }
}
