package fluxion.ops.basic.internal;

import fluxion.api.ArgumentException;
import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The dimensions of a reduction.
 *
 * @param bits a bit for each dimension that is reduced
 * @param rank the number of dimensions
 */
record Dims(long bits, int rank) {

  /** The named dimensions; none named means all. */
  static Dims of(Shape shape, int @Nullable ... dims) {
    int rank = shape.dim();
    if (rank > Long.SIZE) {
      throw new ShapeException(
          "only tensors with up to 64 dims are supported; this one has shape " + shape);
    }
    if (dims == null || dims.length == 0) {
      return new Dims(rank == Long.SIZE ? -1L : (1L << rank) - 1, rank);
    }
    long bits = 0;
    for (int dim : dims) {
      long bit = 1L << shape.wrap(dim);
      if ((bits & bit) != 0) {
        throw new ArgumentException(
            "dim " + shape.wrap(dim) + " appears multiple times in the list of dims");
      }
      bits |= bit;
    }
    return new Dims(rank == 0 ? 0 : bits, rank);
  }

  boolean contains(int dim) {
    return (bits >> dim & 1) != 0;
  }

  /** Whether each dimension is reduced. */
  boolean[] mask() {
    boolean[] mask = new boolean[rank];
    for (int d = 0; d < rank; d++) {
      mask[d] = contains(d);
    }
    return mask;
  }

  /** The dimensions in order. */
  int[] toArray() {
    return IntStream.range(0, rank).filter(this::contains).toArray();
  }

  /** The number of elements that meet in one. */
  long count(Shape shape) {
    long count = 1;
    for (int d = 0; d < rank; d++) {
      count *= contains(d) ? shape.size(d) : 1;
    }
    return count;
  }

  /** The shape of a result, from the one in which reduced dimensions have size 1. */
  Shape drop(Shape kept, boolean keepdim) {
    return keepdim
        ? kept
        : Shape.of(
            IntStream.range(0, rank).filter(d -> !contains(d)).mapToLong(kept::size).toArray());
  }

  /** A result of the reduction with the reduced dimensions back, of size 1. */
  Tensor restore(Tensor reduced, boolean keepdim) {
    if (reduced.dim() == 0) {
      return reduced; // it expands to any shape as it is
    }
    Tensor result = reduced;
    for (int d = 0; d < rank && !keepdim; d++) {
      if (contains(d)) {
        result = result.unsqueeze(d);
      }
    }
    return result;
  }
}
