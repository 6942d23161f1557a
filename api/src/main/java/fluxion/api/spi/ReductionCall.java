package fluxion.api.spi;

import fluxion.api.DType;
import fluxion.api.Tensor;
import org.jspecify.annotations.Nullable;

/** Further forms of call of reductions. */
public final class ReductionCall {
  private ReductionCall() {}

  /** A reduction over some dimensions. */
  @FunctionalInterface
  public interface Dims {
    /**
     * {@return the result}
     *
     * @param self the tensor
     * @param dim the dimensions; none means all
     * @param keepdim whether reduced dimensions stay with size 1
     */
    Tensor apply(Tensor self, int[] dim, boolean keepdim);
  }

  /** A reduction over all dimensions. */
  @FunctionalInterface
  public interface All {
    /**
     * {@return the result}
     *
     * @param self the tensor
     * @param dtype the dtype in which to compute, or null
     */
    Tensor apply(Tensor self, @Nullable DType dtype);
  }

  /** A reduction over one dimension. */
  @FunctionalInterface
  public interface OneDim {
    /**
     * {@return the result}
     *
     * @param self the tensor
     * @param dim the dimension
     * @param keepdim whether the reduced dimension stays with size 1
     * @param dtype the dtype in which to compute, or null
     */
    Tensor apply(Tensor self, int dim, boolean keepdim, @Nullable DType dtype);
  }

  /** Extreme elements along a dimension and where they are. */
  @FunctionalInterface
  public interface ValuesAndIndices {
    /**
     * {@return values and int64 indices}
     *
     * @param self the tensor
     * @param dim the dimension
     * @param keepdim whether the reduced dimension stays with size 1
     */
    Tensor[] apply(Tensor self, int dim, boolean keepdim);
  }

  /** The extreme elements, over one dimension or all. */
  @FunctionalInterface
  public interface LowestAndHighest {
    /**
     * {@return the smallest and the largest elements}
     *
     * @param self the tensor
     * @param dim the dimension, or null for all
     * @param keepdim whether the reduced dimension stays with size 1
     */
    Tensor[] apply(Tensor self, @Nullable Integer dim, boolean keepdim);
  }

  /** A variance over all dimensions. */
  @FunctionalInterface
  public interface Unbiased {
    /**
     * {@return the result}
     *
     * @param self the tensor
     * @param unbiased whether to divide by one less than the number of elements
     */
    Tensor apply(Tensor self, boolean unbiased);
  }

  /** A variance over some dimensions. */
  @FunctionalInterface
  public interface UnbiasedDims {
    /**
     * {@return the result}
     *
     * @param self the tensor
     * @param dim the dimensions, or null for all
     * @param unbiased whether to divide by one less than the number of elements
     * @param keepdim whether reduced dimensions stay with size 1
     */
    Tensor apply(Tensor self, int @Nullable [] dim, boolean unbiased, boolean keepdim);
  }

  /** A variance with a correction of the number of elements. */
  @FunctionalInterface
  public interface Corrected {
    /**
     * {@return the result}
     *
     * @param self the tensor
     * @param dim the dimensions, or null for all
     * @param correction what is taken off the number of elements; null means 1
     * @param keepdim whether reduced dimensions stay with size 1
     */
    Tensor apply(Tensor self, int @Nullable [] dim, @Nullable Long correction, boolean keepdim);
  }

  /** A variance and a mean over all dimensions. */
  @FunctionalInterface
  public interface UnbiasedPair {
    /**
     * {@return the two}
     *
     * @param self the tensor
     * @param unbiased whether to divide by one less than the number of elements
     */
    Tensor[] apply(Tensor self, boolean unbiased);
  }

  /** A variance and a mean over some dimensions. */
  @FunctionalInterface
  public interface UnbiasedDimsPair {
    /**
     * {@return the two}
     *
     * @param self the tensor
     * @param dim the dimensions, or null for all
     * @param unbiased whether to divide by one less than the number of elements
     * @param keepdim whether reduced dimensions stay with size 1
     */
    Tensor[] apply(Tensor self, int @Nullable [] dim, boolean unbiased, boolean keepdim);
  }

  /** A variance with a correction of the number of elements, and a mean. */
  @FunctionalInterface
  public interface CorrectedPair {
    /**
     * {@return the two}
     *
     * @param self the tensor
     * @param dim the dimensions, or null for all
     * @param correction what is taken off the number of elements; null means 1
     * @param keepdim whether reduced dimensions stay with size 1
     */
    Tensor[] apply(Tensor self, int @Nullable [] dim, @Nullable Long correction, boolean keepdim);
  }
}
