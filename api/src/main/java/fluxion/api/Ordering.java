package fluxion.api;

/** Elements in order along a dimension, and running results. */
public sealed interface Ordering permits Tensor {
  /**
   * {@return the elements along the last dimension in ascending order, NaNs last, and the indices
   * that they had; equal ones keep their order}
   */
  default ValuesAndIndices sort() {
    return sort(-1, false);
  }

  /**
   * {@return the elements along a dimension in order and the indices that they had; equal ones keep
   * their order, a NaN is larger than every number}
   *
   * @param dim the dimension
   * @param descending whether the largest comes first
   */
  default ValuesAndIndices sort(int dim, boolean descending) {
    return ValuesAndIndices.of(ReductionSites.SORT.get().apply((Tensor) this, dim, descending));
  }

  /**
   * {@return the largest elements along the last dimension, the largest first, and where they are}
   *
   * @param k how many
   * @throws ArgumentException if there are fewer elements
   */
  default ValuesAndIndices topk(long k) {
    return topk(k, -1, true);
  }

  /**
   * {@return the largest or the smallest elements along a dimension, in order, and where they are}
   *
   * @param k how many
   * @param dim the dimension
   * @param largest whether the largest are wanted, else the smallest
   * @throws ArgumentException if there are fewer elements
   */
  default ValuesAndIndices topk(long k, int dim, boolean largest) {
    return ValuesAndIndices.of(
        ReductionSites.TOPK.get().apply((Tensor) this, k, dim, largest, true));
  }

  /**
   * {@return the median of all elements: the lower one of two; NaN if there is one}
   *
   * <p>Elements that equal it share the gradient evenly.
   */
  default Tensor median() {
    return Sites.MEDIAN.get().apply((Tensor) this);
  }

  /**
   * {@return the running sums along a dimension; integers are summed in int64}
   *
   * @param dim the dimension
   */
  default Tensor cumsum(int dim) {
    return ReductionSites.CUMSUM.get().apply((Tensor) this, dim, null);
  }

  /**
   * {@return the running products along a dimension; integers are multiplied in int64}
   *
   * @param dim the dimension
   */
  default Tensor cumprod(int dim) {
    return ReductionSites.CUMPROD.get().apply((Tensor) this, dim, null);
  }

  /**
   * {@return {@code log Σ exp(x)} over a dimension, without overflow}
   *
   * @param dim the dimension
   * @param keepdim whether it stays with size 1
   */
  default Tensor logsumexp(int dim, boolean keepdim) {
    return ReductionSites.LOGSUMEXP.get().apply((Tensor) this, new int[] {dim}, keepdim);
  }
}
