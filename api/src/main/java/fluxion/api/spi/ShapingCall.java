package fluxion.api.spi;

import fluxion.api.Scalar;
import fluxion.api.Tensor;
import org.jspecify.annotations.Nullable;

/** Further forms of call of operators that give other shapes. */
public final class ShapingCall {
  private ShapingCall() {}

  /** A dimension to be split into several. */
  @FunctionalInterface
  public interface Unflatten {
    /**
     * {@return the result}
     *
     * @param self the tensor
     * @param dim the dimension
     * @param sizes the sizes, of which one may be −1
     */
    Tensor apply(Tensor self, int dim, long[] sizes);
  }

  /** A range of a dimension. */
  @FunctionalInterface
  public interface Narrow {
    /**
     * {@return the result}
     *
     * @param self the tensor
     * @param dim the dimension
     * @param start the first index, negative from the end
     * @param length how many
     */
    Tensor apply(Tensor self, int dim, long start, long length);
  }

  /** A range of a dimension that starts at a computed index. */
  @FunctionalInterface
  public interface NarrowFrom {
    /**
     * {@return the result}
     *
     * @param self the tensor
     * @param dim the dimension
     * @param start the first index, an integer without dimensions
     * @param length how many
     */
    Tensor apply(Tensor self, int dim, Tensor start, long length);
  }

  /** Dimensions to be put at other places. */
  @FunctionalInterface
  public interface MoveDims {
    /**
     * {@return the result}
     *
     * @param self the tensor
     * @param source the dimensions
     * @param destination where each goes
     */
    Tensor apply(Tensor self, int[] source, int[] destination);
  }

  /** A number of pieces to be cut along a dimension. */
  @FunctionalInterface
  public interface Chunk {
    /**
     * {@return the pieces}
     *
     * @param self the tensor
     * @param chunks how many, at most
     * @param dim the dimension
     */
    Tensor[] apply(Tensor self, long chunks, int dim);
  }

  /** Tensors to be joined as they are. */
  @FunctionalInterface
  public interface Stack {
    /**
     * {@return the result}
     *
     * @param tensors the tensors
     */
    Tensor apply(Tensor[] tensors);
  }

  /** A rounding to a number of decimals. */
  @FunctionalInterface
  public interface Decimals {
    /**
     * {@return the result}
     *
     * @param self the tensor
     * @param decimals how many digits after the point; negative before it
     */
    Tensor apply(Tensor self, int decimals);
  }

  /** Tensors that each become another. */
  @FunctionalInterface
  public interface Each {
    /**
     * {@return the results}
     *
     * @param tensors the tensors
     */
    Tensor[] apply(Tensor[] tensors);
  }

  /** A tensor that becomes several. */
  @FunctionalInterface
  public interface Several {
    /**
     * {@return the results}
     *
     * @param self the tensor
     */
    Tensor[] apply(Tensor self);
  }

  /** Vectors that span a grid. */
  @FunctionalInterface
  public interface Grid {
    /**
     * {@return the results}
     *
     * @param tensors the vectors
     * @param indexing {@code ij} or {@code xy}
     */
    Tensor[] apply(Tensor[] tensors, String indexing);
  }

  /** A tensor to be cut along a dimension at computed indices. */
  @FunctionalInterface
  public interface SplitAt {
    /**
     * {@return the results}
     *
     * @param self the tensor
     * @param at a number of pieces, or the indices at which they start
     * @param dim the dimension
     */
    Tensor[] apply(Tensor self, Tensor at, int dim);
  }

  /** A tensor to be cut into a number of pieces. */
  @FunctionalInterface
  public interface Sections {
    /**
     * {@return the results}
     *
     * @param self the tensor
     * @param sections how many
     */
    Tensor[] apply(Tensor self, long sections);
  }

  /** A tensor to be cut at indices. */
  @FunctionalInterface
  public interface Cuts {
    /**
     * {@return the results}
     *
     * @param self the tensor
     * @param indices where each piece but the first starts
     */
    Tensor[] apply(Tensor self, long[] indices);
  }

  /** A tensor and a diagonal. */
  @FunctionalInterface
  public interface Offset {
    /**
     * {@return the result}
     *
     * @param self the tensor
     * @param diagonal which, 0 for the main one and positive above it
     */
    Tensor apply(Tensor self, long diagonal);
  }

  /** A diagonal of matrices in two dimensions. */
  @FunctionalInterface
  public interface Diagonal {
    /**
     * {@return the result}
     *
     * @param self the tensor
     * @param offset which diagonal, positive above the main one
     * @param dim1 the first dimension of the matrices
     * @param dim2 the second
     */
    Tensor apply(Tensor self, long offset, int dim1, int dim2);
  }

  /** A tensor with a diagonal replaced. */
  @FunctionalInterface
  public interface DiagonalScatter {
    /**
     * {@return the result}
     *
     * @param self the tensor
     * @param src the diagonal
     * @param offset which diagonal, positive above the main one
     * @param dim1 the first dimension of the matrices
     * @param dim2 the second
     */
    Tensor apply(Tensor self, Tensor src, long offset, int dim1, int dim2);
  }

  /** A tensor with one index of a dimension replaced. */
  @FunctionalInterface
  public interface SelectScatter {
    /**
     * {@return the result}
     *
     * @param self the tensor
     * @param src what replaces it
     * @param dim the dimension
     * @param index the index
     */
    Tensor apply(Tensor self, Tensor src, int dim, long index);
  }

  /** A tensor with a range of a dimension replaced. */
  @FunctionalInterface
  public interface SliceScatter {
    /**
     * {@return the result}
     *
     * @param self the tensor
     * @param src what replaces it
     * @param dim the dimension
     * @param start the first index, or null for 0
     * @param end the bound, or null for the size
     * @param step the step
     */
    Tensor apply(
        Tensor self, Tensor src, int dim, @Nullable Long start, @Nullable Long end, long step);
  }

  /** A diagonal to be filled. */
  @FunctionalInterface
  public interface FillDiagonal {
    /**
     * {@return the result}
     *
     * @param self the tensor
     * @param value the value
     * @param wrap whether it starts again below the square part of a tall matrix
     */
    Tensor apply(Tensor self, Scalar value, boolean wrap);
  }

  /** The sizes of a matrix and a diagonal. */
  @FunctionalInterface
  public interface Triangle {
    /**
     * {@return the result}
     *
     * @param row the number of rows
     * @param col the number of columns
     * @param offset which diagonal
     */
    Tensor apply(long row, long col, long offset);
  }

  /** Dimensions to be rolled. */
  @FunctionalInterface
  public interface Roll {
    /**
     * {@return the result}
     *
     * @param self the tensor
     * @param shifts how far
     * @param dims the dimensions; none for the flattened tensor
     */
    Tensor apply(Tensor self, long[] shifts, int[] dims);
  }

  /** A rotation in a plane. */
  @FunctionalInterface
  public interface Rotate {
    /**
     * {@return the result}
     *
     * @param self the tensor
     * @param k how many quarter turns
     * @param dims the two dimensions of the plane
     */
    Tensor apply(Tensor self, long k, int[] dims);
  }

  /** Elements to be repeated. */
  @FunctionalInterface
  public interface RepeatEach {
    /**
     * {@return the result}
     *
     * @param self the tensor
     * @param repeats how often
     * @param dim the dimension, or null for the flattened tensor
     * @param outputSize the size of the result, or null
     */
    Tensor apply(Tensor self, long repeats, @Nullable Integer dim, @Nullable Long outputSize);
  }

  /** Elements to be repeated, each a number of times of its own. */
  @FunctionalInterface
  public interface RepeatByCounts {
    /**
     * {@return the result}
     *
     * @param self the tensor
     * @param repeats how often
     * @param dim the dimension, or null for the flattened tensor
     * @param outputSize the size of the result, or null
     */
    Tensor apply(Tensor self, Tensor repeats, @Nullable Integer dim, @Nullable Long outputSize);
  }

  /** Counts that become as many indices. */
  @FunctionalInterface
  public interface Counts {
    /**
     * {@return the result}
     *
     * @param repeats how often each index occurs
     * @param outputSize the size of the result, or null
     */
    Tensor apply(Tensor repeats, @Nullable Long outputSize);
  }

  /** Windows of a dimension. */
  @FunctionalInterface
  public interface Windows {
    /**
     * {@return the result}
     *
     * @param self the tensor
     * @param dim the dimension
     * @param size the size of each window
     * @param step how far the next one lies
     */
    Tensor apply(Tensor self, int dim, long size, long step);
  }

  /** A tensor with the elements of a layout replaced. */
  @FunctionalInterface
  public interface StridedScatter {
    /**
     * {@return the result}
     *
     * @param self the tensor, whose elements count as if they lay one after the other
     * @param src what replaces them
     * @param size the sizes of the layout
     * @param stride its strides
     * @param storageOffset where it starts, or null for the first element
     */
    Tensor apply(Tensor self, Tensor src, long[] size, long[] stride, @Nullable Long storageOffset);
  }

  /** A layout of the tensor's memory. */
  @FunctionalInterface
  public interface Strided {
    /**
     * {@return the result}
     *
     * @param self the tensor
     * @param size the sizes
     * @param stride the steps, in elements
     * @param storageOffset where the first element lies, or null for where it does
     */
    Tensor apply(Tensor self, long[] size, long[] stride, @Nullable Long storageOffset);
  }

  /** Choices from a vector. */
  @FunctionalInterface
  public interface Choices {
    /**
     * {@return the result}
     *
     * @param self the tensor
     * @param r how many are chosen
     * @param withReplacement whether one may be chosen again
     */
    Tensor apply(Tensor self, long r, boolean withReplacement);
  }
}
