package fluxion.api.spi;

import fluxion.api.Scalar;
import fluxion.api.Tensor;
import org.jspecify.annotations.Nullable;

/** The forms of call of operators that write at indices. */
public final class IndexingCall {
  private IndexingCall() {}

  /** A tensor and indices of its leading dimensions. */
  @FunctionalInterface
  public interface At {
    /**
     * {@return the result}
     *
     * @param self the tensor
     * @param indices int64 indices or masks, null for a whole dimension
     */
    Tensor apply(Tensor self, @Nullable Tensor[] indices);
  }

  /** A tensor, indices of its leading dimensions, and values for what they pick. */
  @FunctionalInterface
  public interface Put {
    /**
     * {@return the result}
     *
     * @param self the tensor
     * @param indices int64 indices or masks, null for a whole dimension
     * @param values the values
     * @param accumulate whether they are added
     */
    Tensor apply(Tensor self, @Nullable Tensor[] indices, Tensor values, boolean accumulate);
  }

  /** A tensor, indices of a dimension, and values. */
  @FunctionalInterface
  public interface Along {
    /**
     * {@return the result}
     *
     * @param self the tensor
     * @param dim the dimension
     * @param index the indices
     * @param src the values
     */
    Tensor apply(Tensor self, int dim, Tensor index, Tensor src);
  }

  /** A tensor, indices of a dimension, and a number. */
  @FunctionalInterface
  public interface Fill {
    /**
     * {@return the result}
     *
     * @param self the tensor
     * @param dim the dimension
     * @param index the indices
     * @param value the number
     */
    Tensor apply(Tensor self, int dim, Tensor index, Scalar value);
  }

  /** A tensor, indices of a dimension, and values with a factor. */
  @FunctionalInterface
  public interface Add {
    /**
     * {@return the result}
     *
     * @param self the tensor
     * @param dim the dimension
     * @param index the indices
     * @param source the values
     * @param alpha their factor
     */
    Tensor apply(Tensor self, int dim, Tensor index, Tensor source, Scalar alpha);
  }

  /** A tensor, indices of a dimension, values, and how they combine. */
  @FunctionalInterface
  public interface AlongBy {
    /**
     * {@return the result}
     *
     * @param self the tensor
     * @param dim the dimension
     * @param index the indices
     * @param src the values
     * @param reduce how a value meets what is there
     */
    Tensor apply(Tensor self, int dim, Tensor index, Tensor src, String reduce);
  }

  /** A tensor, indices of a dimension, a number, and how it combines. */
  @FunctionalInterface
  public interface FillBy {
    /**
     * {@return the result}
     *
     * @param self the tensor
     * @param dim the dimension
     * @param index the indices
     * @param value the number
     * @param reduce how a value meets what is there
     */
    Tensor apply(Tensor self, int dim, Tensor index, Scalar value, String reduce);
  }

  /** A tensor, indices of a dimension, values, and how they are reduced. */
  @FunctionalInterface
  public interface Reduce {
    /**
     * {@return the result}
     *
     * @param self the tensor
     * @param dim the dimension
     * @param index the indices
     * @param src the values
     * @param reduce how a value meets what is there
     * @param includeSelf whether what is there counts
     */
    Tensor apply(
        Tensor self, int dim, Tensor index, Tensor src, String reduce, boolean includeSelf);
  }

  /** A flattened tensor, indices, and values. */
  @FunctionalInterface
  public interface PutFlat {
    /**
     * {@return the result}
     *
     * @param self the tensor
     * @param index the indices
     * @param source the values
     * @param accumulate whether they are added
     */
    Tensor apply(Tensor self, Tensor index, Tensor source, boolean accumulate);
  }
}
