package fluxion.api.spi;

import fluxion.api.Scalar;
import fluxion.api.Tensor;
import org.jspecify.annotations.Nullable;

/** The forms of call of operators that choose elements: by bounds, truth values and indices. */
public final class SelectionCall {
  private SelectionCall() {}

  /** A tensor held between numbers. */
  @FunctionalInterface
  public interface Clamp {
    /**
     * {@return the result}
     *
     * @param self the tensor
     * @param min the lower bound, or null
     * @param max the upper bound, or null
     */
    Tensor apply(Tensor self, @Nullable Scalar min, @Nullable Scalar max);
  }

  /** A tensor held between tensors. */
  @FunctionalInterface
  public interface ClampTensors {
    /**
     * {@return the result}
     *
     * @param self the tensor
     * @param min the lower bounds, or null
     * @param max the upper bounds, or null
     */
    Tensor apply(Tensor self, @Nullable Tensor min, @Nullable Tensor max);
  }

  /** Elements of one tensor or another. */
  @FunctionalInterface
  public interface Where {
    /**
     * {@return the result}
     *
     * @param condition truth values
     * @param self where they are true
     * @param other where they are false
     */
    Tensor apply(Tensor condition, Tensor self, Tensor other);
  }

  /** Elements of a tensor or a number. */
  @FunctionalInterface
  public interface WhereElseNumber {
    /**
     * {@return the result}
     *
     * @param condition truth values
     * @param self where they are true
     * @param other where they are false
     */
    Tensor apply(Tensor condition, Tensor self, Scalar other);
  }

  /** One number or another. */
  @FunctionalInterface
  public interface WhereNumbers {
    /**
     * {@return the result}
     *
     * @param condition truth values
     * @param self where they are true
     * @param other where they are false
     */
    Tensor apply(Tensor condition, Scalar self, Scalar other);
  }

  /** A number or elements of a tensor. */
  @FunctionalInterface
  public interface WhereNumber {
    /**
     * {@return the result}
     *
     * @param condition truth values
     * @param self where they are true
     * @param other where they are false
     */
    Tensor apply(Tensor condition, Scalar self, Tensor other);
  }

  /** A tensor with some elements set to a number. */
  @FunctionalInterface
  public interface MaskedFill {
    /**
     * {@return the result}
     *
     * @param self the tensor
     * @param mask true where they are set
     * @param value the number
     */
    Tensor apply(Tensor self, Tensor mask, Scalar value);
  }

  /** A tensor with some elements set to a value. */
  @FunctionalInterface
  public interface MaskedFillTensor {
    /**
     * {@return the result}
     *
     * @param self the tensor
     * @param mask true where they are set
     * @param value the value, without dimensions
     */
    Tensor apply(Tensor self, Tensor mask, Tensor value);
  }

  /** A tensor, a dimension and indices along it. */
  @FunctionalInterface
  public interface Pick {
    /**
     * {@return the result}
     *
     * @param self the tensor
     * @param dim the dimension
     * @param index the indices
     */
    Tensor apply(Tensor self, int dim, Tensor index);
  }

  /** A tensor, indices and the dimension that they are of. */
  @FunctionalInterface
  public interface PickAlong {
    /**
     * {@return the result}
     *
     * @param self the tensor
     * @param indices the indices
     * @param dim the dimension, or null for the flattened tensor
     */
    Tensor apply(Tensor self, Tensor indices, @Nullable Integer dim);
  }

  /** A tensor to be sorted along a dimension. */
  @FunctionalInterface
  public interface Sort {
    /**
     * {@return sorted values and the int64 indices that they had}
     *
     * @param self the tensor
     * @param dim the dimension
     * @param descending whether the largest comes first
     */
    Tensor[] apply(Tensor self, int dim, boolean descending);
  }

  /** The largest or the smallest elements along a dimension. */
  @FunctionalInterface
  public interface Top {
    /**
     * {@return values and int64 indices}
     *
     * @param self the tensor
     * @param k how many
     * @param dim the dimension
     * @param largest whether the largest are wanted, else the smallest
     * @param sorted whether they have to be in order; they always are
     */
    Tensor[] apply(Tensor self, long k, int dim, boolean largest, boolean sorted);
  }
}
