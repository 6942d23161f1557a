package fluxion.api;

/** Softmax and its logarithm. */
public sealed interface Probabilities permits Tensor {
  /**
   * {@return the logarithm of softmax along a dimension, {@code x − log Σ exp(x)}}
   *
   * @param dim the dimension
   */
  default Tensor logSoftmax(int dim) {
    return ReductionSites.LOG_SOFTMAX.get().apply((Tensor) this, dim, null);
  }

  /**
   * {@return softmax along a dimension, {@code exp(x) / Σ exp(x)}}
   *
   * @param dim the dimension
   */
  default Tensor softmax(int dim) {
    return ReductionSites.SOFTMAX.get().apply((Tensor) this, dim, null);
  }
}
