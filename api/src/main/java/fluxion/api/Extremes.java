package fluxion.api;

import org.jspecify.annotations.Nullable;

/** The largest and the smallest: over dimensions, of two tensors, and bounds. */
public sealed interface Extremes permits Tensor {
  /**
   * {@return the largest element of all; NaN if there is one. Equal ones share the gradient evenly}
   *
   * @throws IndexException if there is no element
   */
  default Tensor max() {
    return Sites.MAX.get().apply((Tensor) this);
  }

  /**
   * {@return the largest elements along a dimension, which is dropped, and where they are}
   *
   * @param dim the dimension
   * @throws IndexException if there is no element
   */
  default ValuesAndIndices max(int dim) {
    return max(dim, false);
  }

  /**
   * {@return the largest elements along a dimension and where they are: the first of equal ones, to
   * which the gradient goes}
   *
   * @param dim the dimension
   * @param keepdim whether the reduced dimension stays with size 1
   * @throws IndexException if there is no element
   */
  default ValuesAndIndices max(int dim, boolean keepdim) {
    return ValuesAndIndices.of(ReductionSites.MAX_DIM.get().apply((Tensor) this, dim, keepdim));
  }

  /**
   * {@return the largest elements over some dimensions; equal ones share the gradient evenly}
   *
   * @param dim the dimensions; none means all
   * @throws IndexException if there is no element
   */
  default Tensor amax(int... dim) {
    return ReductionSites.AMAX.get().apply((Tensor) this, dim, false);
  }

  /**
   * {@return the largest elements over some dimensions; equal ones share the gradient evenly}
   *
   * @param dim the dimensions; none means all
   * @param keepdim whether reduced dimensions stay with size 1
   * @throws IndexException if there is no element
   */
  default Tensor amax(int[] dim, boolean keepdim) {
    return ReductionSites.AMAX.get().apply((Tensor) this, dim, keepdim);
  }

  /**
   * {@return the int64 index of the largest element in row-major order; the first of equal ones}
   *
   * @throws IndexException if there is no element
   */
  default Tensor argmax() {
    return Sites.ARGMAX_ALL.get().apply((Tensor) this);
  }

  /**
   * {@return the int64 indices of the largest elements along a dimension, which is dropped; the
   * first of equal ones}
   *
   * @param dim the dimension
   * @throws IndexException if there is no element
   */
  default Tensor argmax(int dim) {
    return ReductionSites.ARGMAX.get().apply((Tensor) this, dim, false);
  }

  /**
   * {@return the int64 indices of the largest elements along a dimension; the first of equal ones}
   *
   * @param dim the dimension
   * @param keepdim whether the reduced dimension stays with size 1
   * @throws IndexException if there is no element
   */
  default Tensor argmax(int dim, boolean keepdim) {
    return ReductionSites.ARGMAX.get().apply((Tensor) this, dim, keepdim);
  }

  /**
   * {@return the smallest element of all; NaN if there is one. Equal ones share the gradient
   * evenly}
   *
   * @throws IndexException if there is no element
   */
  default Tensor min() {
    return Sites.MIN.get().apply((Tensor) this);
  }

  /**
   * {@return the smallest elements along a dimension, which is dropped, and where they are}
   *
   * @param dim the dimension
   * @throws IndexException if there is no element
   */
  default ValuesAndIndices min(int dim) {
    return min(dim, false);
  }

  /**
   * {@return the smallest elements along a dimension and where they are: the first of equal ones,
   * to which the gradient goes}
   *
   * @param dim the dimension
   * @param keepdim whether the reduced dimension stays with size 1
   * @throws IndexException if there is no element
   */
  default ValuesAndIndices min(int dim, boolean keepdim) {
    return ValuesAndIndices.of(ReductionSites.MIN_DIM.get().apply((Tensor) this, dim, keepdim));
  }

  /**
   * {@return the smallest elements over some dimensions; equal ones share the gradient evenly}
   *
   * @param dim the dimensions; none means all
   * @throws IndexException if there is no element
   */
  default Tensor amin(int... dim) {
    return ReductionSites.AMIN.get().apply((Tensor) this, dim, false);
  }

  /**
   * {@return the smallest elements over some dimensions; equal ones share the gradient evenly}
   *
   * @param dim the dimensions; none means all
   * @param keepdim whether reduced dimensions stay with size 1
   * @throws IndexException if there is no element
   */
  default Tensor amin(int[] dim, boolean keepdim) {
    return ReductionSites.AMIN.get().apply((Tensor) this, dim, keepdim);
  }

  /**
   * {@return the int64 index of the smallest element in row-major order; the first of equal ones}
   *
   * @throws IndexException if there is no element
   */
  default Tensor argmin() {
    return Sites.ARGMIN_ALL.get().apply((Tensor) this);
  }

  /**
   * {@return the int64 indices of the smallest elements along a dimension, which is dropped; the
   * first of equal ones}
   *
   * @param dim the dimension
   * @throws IndexException if there is no element
   */
  default Tensor argmin(int dim) {
    return ReductionSites.ARGMIN.get().apply((Tensor) this, dim, false);
  }

  /**
   * {@return the int64 indices of the smallest elements along a dimension; the first of equal ones}
   *
   * @param dim the dimension
   * @param keepdim whether the reduced dimension stays with size 1
   * @throws IndexException if there is no element
   */
  default Tensor argmin(int dim, boolean keepdim) {
    return ReductionSites.ARGMIN.get().apply((Tensor) this, dim, keepdim);
  }

  /**
   * {@return the larger of two elements, NaN if either is; shapes broadcast. Equal ones take half
   * the gradient each}
   *
   * @param other the other tensor
   */
  default Tensor maximum(Tensor other) {
    return Sites.MAXIMUM.get().apply((Tensor) this, other);
  }

  /**
   * {@return the smaller of two elements, NaN if either is; shapes broadcast. Equal ones take half
   * the gradient each}
   *
   * @param other the other tensor
   */
  default Tensor minimum(Tensor other) {
    return Sites.MINIMUM.get().apply((Tensor) this, other);
  }

  /**
   * {@return the elements held between two bounds, at which the gradient passes}
   *
   * @param min the lower bound
   * @param max the upper bound
   */
  default Tensor clamp(double min, double max) {
    return SelectionSites.CLAMP.get().apply((Tensor) this, Scalar.of(min), Scalar.of(max));
  }

  /**
   * {@return the elements, at least a bound}
   *
   * @param min the lower bound
   */
  default Tensor clampMin(double min) {
    return SelectionSites.CLAMP.get().apply((Tensor) this, Scalar.of(min), null);
  }

  /**
   * {@return the elements, at most a bound}
   *
   * @param max the upper bound
   */
  default Tensor clampMax(double max) {
    return SelectionSites.CLAMP.get().apply((Tensor) this, null, Scalar.of(max));
  }

  /**
   * {@return the elements held between two bounds, at which the gradient passes}
   *
   * @param min the lower bound
   * @param max the upper bound
   */
  default Tensor clamp(long min, long max) {
    return SelectionSites.CLAMP.get().apply((Tensor) this, Scalar.of(min), Scalar.of(max));
  }

  /**
   * {@return the elements, at least a bound}
   *
   * @param min the lower bound
   */
  default Tensor clampMin(long min) {
    return SelectionSites.CLAMP.get().apply((Tensor) this, Scalar.of(min), null);
  }

  /**
   * {@return the elements, at most a bound}
   *
   * @param max the upper bound
   */
  default Tensor clampMax(long max) {
    return SelectionSites.CLAMP.get().apply((Tensor) this, null, Scalar.of(max));
  }

  /**
   * {@return the elements held between bounds, which broadcast}
   *
   * @param min the lower bounds, or null
   * @param max the upper bounds, or null
   * @throws ArgumentException if both are null
   */
  default Tensor clamp(@Nullable Tensor min, @Nullable Tensor max) {
    return SelectionSites.CLAMP_TENSORS.get().apply((Tensor) this, min, max);
  }
}
