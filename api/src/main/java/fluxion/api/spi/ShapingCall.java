package fluxion.api.spi;

import fluxion.api.Tensor;

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
}
