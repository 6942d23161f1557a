package fluxion.api.spi;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The forms of call that operators have: functional interfaces with typed parameters, so that a
 * call neither boxes nor packs its arguments.
 *
 * <p>An operator module may bring further forms of its own.
 */
public final class Call {
  private Call() {}

  /** One tensor. */
  @FunctionalInterface
  public interface Unary {
    /**
     * {@return the result}
     *
     * @param self the tensor
     */
    Tensor apply(Tensor self);
  }

  /** Two tensors. */
  @FunctionalInterface
  public interface Binary {
    /**
     * {@return the result}
     *
     * @param self the first tensor
     * @param other the second
     */
    Tensor apply(Tensor self, Tensor other);
  }

  /** Three tensors, the last of which may be absent. */
  @FunctionalInterface
  public interface Ternary {
    /**
     * {@return the result}
     *
     * @param first the first tensor
     * @param second the second
     * @param third the third, or null
     */
    Tensor apply(Tensor first, Tensor second, @Nullable Tensor third);
  }

  /** A tensor and a number. */
  @FunctionalInterface
  public interface BinaryScalar {
    /**
     * {@return the result}
     *
     * @param self the tensor
     * @param other the number
     */
    Tensor apply(Tensor self, Scalar other);
  }

  /** A number and a tensor. */
  @FunctionalInterface
  public interface ScalarBinary {
    /**
     * {@return the result}
     *
     * @param self the number
     * @param other the tensor
     */
    Tensor apply(Scalar self, Tensor other);
  }

  /** Two tensors, the second multiplied by a number. */
  @FunctionalInterface
  public interface Scaled {
    /**
     * {@return the result}
     *
     * @param self the first tensor
     * @param other the second
     * @param alpha the factor of the second
     */
    Tensor apply(Tensor self, Tensor other, Scalar alpha);
  }

  /** A tensor and a number, the number multiplied by another. */
  @FunctionalInterface
  public interface ScaledScalar {
    /**
     * {@return the result}
     *
     * @param self the tensor
     * @param other the number
     * @param alpha the factor of the number
     */
    Tensor apply(Tensor self, Scalar other, Scalar alpha);
  }

  /** A division of tensors with a rounding mode. */
  @FunctionalInterface
  public interface Division {
    /**
     * {@return the result}
     *
     * @param self the dividend
     * @param other the divisor
     * @param roundingMode null, {@code trunc} or {@code floor}
     */
    Tensor apply(Tensor self, Tensor other, @Nullable String roundingMode);
  }

  /** A division by a number with a rounding mode. */
  @FunctionalInterface
  public interface DivisionScalar {
    /**
     * {@return the result}
     *
     * @param self the dividend
     * @param other the divisor
     * @param roundingMode null, {@code trunc} or {@code floor}
     */
    Tensor apply(Tensor self, Scalar other, @Nullable String roundingMode);
  }

  /** A reduction over some dimensions. */
  @FunctionalInterface
  public interface Reduce {
    /**
     * {@return the result}
     *
     * @param self the tensor
     * @param dim the dimensions, or null for all
     * @param keepdim whether reduced dimensions stay with size 1
     * @param dtype the dtype in which to compute, or null
     */
    Tensor apply(Tensor self, int @Nullable [] dim, boolean keepdim, @Nullable DType dtype);
  }

  /** A reduction over one dimension. */
  @FunctionalInterface
  public interface ReduceDim {
    /**
     * {@return the result}
     *
     * @param self the tensor
     * @param dim the dimension
     * @param keepdim whether the reduced dimension stays with size 1
     */
    Tensor apply(Tensor self, int dim, boolean keepdim);
  }

  /** A norm with a number for its order. */
  @FunctionalInterface
  public interface Norm {
    /**
     * {@return the result}
     *
     * @param self the tensor
     * @param p the order
     * @param dim the dimensions, or null for all
     * @param keepdim whether reduced dimensions stay with size 1
     * @param dtype the dtype in which to compute, or null
     */
    Tensor apply(
        Tensor self, Scalar p, int @Nullable [] dim, boolean keepdim, @Nullable DType dtype);
  }

  /** A norm with a name for its order. */
  @FunctionalInterface
  public interface NamedNorm {
    /**
     * {@return the result}
     *
     * @param self the tensor
     * @param p the name of the order
     * @param dim the dimensions, or null for all
     * @param keepdim whether reduced dimensions stay with size 1
     * @param dtype the dtype in which to compute, or null
     */
    Tensor apply(
        Tensor self, String p, int @Nullable [] dim, boolean keepdim, @Nullable DType dtype);
  }

  /** A tensor and sizes. */
  @FunctionalInterface
  public interface Sized {
    /**
     * {@return the result}
     *
     * @param self the tensor
     * @param size the sizes
     */
    Tensor apply(Tensor self, long[] size);
  }

  /** A tensor and dimensions. */
  @FunctionalInterface
  public interface Dims {
    /**
     * {@return the result}
     *
     * @param self the tensor
     * @param dims the dimensions
     */
    Tensor apply(Tensor self, int[] dims);
  }

  /** A tensor and a dimension. */
  @FunctionalInterface
  public interface Dim {
    /**
     * {@return the result}
     *
     * @param self the tensor
     * @param dim the dimension
     */
    Tensor apply(Tensor self, int dim);
  }

  /** A tensor and two dimensions. */
  @FunctionalInterface
  public interface TwoDims {
    /**
     * {@return the result}
     *
     * @param self the tensor
     * @param dim0 a dimension
     * @param dim1 another
     */
    Tensor apply(Tensor self, int dim0, int dim1);
  }

  /** A tensor, a dimension and an index along it. */
  @FunctionalInterface
  public interface Select {
    /**
     * {@return the result}
     *
     * @param self the tensor
     * @param dim the dimension
     * @param index the index
     */
    Tensor apply(Tensor self, int dim, long index);
  }

  /** A tensor and a range of one dimension. */
  @FunctionalInterface
  public interface Slice {
    /**
     * {@return the result}
     *
     * @param self the tensor
     * @param dim the dimension
     * @param start the first index, negative from the end
     * @param end the bound, negative from the end
     * @param step the step, at least 1
     */
    Tensor apply(Tensor self, int dim, long start, long end, long step);
  }

  /** A tensor to be cut into several along a dimension. */
  @FunctionalInterface
  public interface Unbind {
    /**
     * {@return the pieces}
     *
     * @param self the tensor
     * @param dim the dimension
     */
    Tensor[] apply(Tensor self, int dim);
  }

  /** A tensor to be cut into pieces of a size along a dimension. */
  @FunctionalInterface
  public interface Split {
    /**
     * {@return the pieces}
     *
     * @param self the tensor
     * @param splitSize the size of each piece but the last
     * @param dim the dimension
     */
    Tensor[] apply(Tensor self, long splitSize, int dim);
  }

  /** A tensor to be cut into pieces of given sizes along a dimension. */
  @FunctionalInterface
  public interface SplitSizes {
    /**
     * {@return the pieces}
     *
     * @param self the tensor
     * @param splitSizes the sizes, which add up to the dimension's
     * @param dim the dimension
     */
    Tensor[] apply(Tensor self, long[] splitSizes, int dim);
  }

  /** Several tensors to be joined along a dimension. */
  @FunctionalInterface
  public interface Join {
    /**
     * {@return the result}
     *
     * @param tensors the tensors
     * @param dim the dimension
     */
    Tensor apply(Tensor[] tensors, int dim);
  }

  /** A tensor and a dtype. */
  @FunctionalInterface
  public interface Cast {
    /**
     * {@return the result}
     *
     * @param self the tensor
     * @param dtype the dtype
     */
    Tensor apply(Tensor self, DType dtype);
  }

  /** A tensor, a dimension and a dtype in which to compute. */
  @FunctionalInterface
  public interface DimDType {
    /**
     * {@return the result}
     *
     * @param self the tensor
     * @param dim the dimension
     * @param dtype the dtype in which to compute, or null
     */
    Tensor apply(Tensor self, int dim, @Nullable DType dtype);
  }

  /** A sum of a tensor and a product of two others, each with a factor. */
  @FunctionalInterface
  public interface AddProduct {
    /**
     * {@return the result}
     *
     * @param self the summand
     * @param first the left factor
     * @param second the right factor
     * @param beta the factor of the summand
     * @param alpha the factor of the product
     */
    Tensor apply(Tensor self, Tensor first, Tensor second, Scalar beta, Scalar alpha);
  }
}
