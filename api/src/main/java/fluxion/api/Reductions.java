package fluxion.api;

import org.jspecify.annotations.Nullable;

/** Reductions over all or some dimensions. */
public sealed interface Reductions permits Tensor {
  /** {@return the sum of all elements; integers are summed in int64} */
  default Tensor sum() {
    return Sites.SUM.get().apply((Tensor) this, null, false, null);
  }

  /**
   * {@return the sums over some dimensions}
   *
   * @param dim the dimensions; none means all
   */
  default Tensor sum(int... dim) {
    return Sites.SUM.get().apply((Tensor) this, dim, false, null);
  }

  /**
   * {@return the sums over some dimensions}
   *
   * @param dim the dimensions, or null for all
   * @param keepdim whether reduced dimensions stay with size 1
   */
  default Tensor sum(int @Nullable [] dim, boolean keepdim) {
    return Sites.SUM.get().apply((Tensor) this, dim, keepdim, null);
  }

  /**
   * {@return the mean of all elements}
   *
   * @throws DTypeException if the elements are not floating-point numbers
   */
  default Tensor mean() {
    return Sites.MEAN.get().apply((Tensor) this, null, false, null);
  }

  /**
   * {@return the means over some dimensions}
   *
   * @param dim the dimensions; none means all
   * @throws DTypeException if the elements are not floating-point numbers
   */
  default Tensor mean(int... dim) {
    return Sites.MEAN.get().apply((Tensor) this, dim, false, null);
  }

  /**
   * {@return the means over some dimensions}
   *
   * @param dim the dimensions, or null for all
   * @param keepdim whether reduced dimensions stay with size 1
   * @throws DTypeException if the elements are not floating-point numbers
   */
  default Tensor mean(int @Nullable [] dim, boolean keepdim) {
    return Sites.MEAN.get().apply((Tensor) this, dim, keepdim, null);
  }

  /** {@return the Euclidean norm of all elements, √Σ x²} */
  default Tensor norm() {
    return ReductionSites.NORM.get().apply((Tensor) this, Scalar.of(2), null, false, null);
  }

  /**
   * {@return the p-norm of all elements, (Σ |x|ᵖ)^(1/p); for ∞ the largest and for −∞ the smallest
   * magnitude, for 0 the number of elements that are not 0}
   *
   * @param p the order
   */
  default Tensor norm(double p) {
    return ReductionSites.NORM.get().apply((Tensor) this, Scalar.of(p), null, false, null);
  }

  /**
   * {@return the p-norms over some dimensions}
   *
   * @param p the order
   * @param dim the dimensions, or null for all
   * @param keepdim whether reduced dimensions stay with size 1
   */
  default Tensor norm(double p, int @Nullable [] dim, boolean keepdim) {
    return ReductionSites.NORM.get().apply((Tensor) this, Scalar.of(p), dim, keepdim, null);
  }

  /** {@return whether all elements differ from 0} */
  default Tensor all() {
    return Sites.ALL.get().apply((Tensor) this);
  }

  /**
   * {@return whether all elements along a dimension differ from 0}
   *
   * @param dim the dimension
   * @param keepdim whether it stays with size 1
   */
  default Tensor all(int dim, boolean keepdim) {
    return ReductionSites.ALL_DIM.get().apply((Tensor) this, dim, keepdim);
  }

  /** {@return whether any element differs from 0} */
  default Tensor any() {
    return Sites.ANY.get().apply((Tensor) this);
  }

  /**
   * {@return whether any element along a dimension differs from 0}
   *
   * @param dim the dimension
   * @param keepdim whether the reduced dimension stays with size 1
   */
  default Tensor any(int dim, boolean keepdim) {
    return ReductionSites.ANY_DIM.get().apply((Tensor) this, dim, keepdim);
  }

  /** {@return the product of all elements; integers are multiplied in int64} */
  default Tensor prod() {
    return ReductionSites.PROD.get().apply((Tensor) this, null);
  }

  /**
   * {@return the products along a dimension, which is dropped}
   *
   * @param dim the dimension
   */
  default Tensor prod(int dim) {
    return ReductionSites.PROD_DIM.get().apply((Tensor) this, dim, false, null);
  }

  /**
   * {@return the products along a dimension}
   *
   * @param dim the dimension
   * @param keepdim whether the reduced dimension stays with size 1
   */
  default Tensor prod(int dim, boolean keepdim) {
    return ReductionSites.PROD_DIM.get().apply((Tensor) this, dim, keepdim, null);
  }

  /** {@return the variance of all elements, {@code Σ (x − mean)² / (n − 1)}} */
  default Tensor var() {
    return ReductionSites.VAR.get().apply((Tensor) this, null, true, false);
  }

  /**
   * {@return the variances over some dimensions}
   *
   * @param dim the dimensions, or null for all
   * @param unbiased whether to divide by n − 1, else by n
   * @param keepdim whether reduced dimensions stay with size 1
   */
  default Tensor var(int @Nullable [] dim, boolean unbiased, boolean keepdim) {
    return ReductionSites.VAR.get().apply((Tensor) this, dim, unbiased, keepdim);
  }

  /** {@return the standard deviation of all elements, {@code √(Σ (x − mean)² / (n − 1))}} */
  default Tensor std() {
    return ReductionSites.STD.get().apply((Tensor) this, null, true, false);
  }

  /**
   * {@return the standard deviations over some dimensions}
   *
   * @param dim the dimensions, or null for all
   * @param unbiased whether to divide by n − 1, else by n
   * @param keepdim whether reduced dimensions stay with size 1
   */
  default Tensor std(int @Nullable [] dim, boolean unbiased, boolean keepdim) {
    return ReductionSites.STD.get().apply((Tensor) this, dim, unbiased, keepdim);
  }
}
