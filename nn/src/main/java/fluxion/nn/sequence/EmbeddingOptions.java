package fluxion.nn.sequence;

import fluxion.api.TensorOptions;
import org.jspecify.annotations.Nullable;

/**
 * The options of embeddings: immutable, each method gives a changed copy.
 *
 * @param paddingIdx the index whose row starts from zeros and gets no gradient, or null
 * @param maxNorm the norm to which rows are scaled down when they are looked up, or null
 * @param normType the exponent of this norm
 * @param scaleGradByFreq whether a row's gradient is divided by how often it occurs
 * @param tensors dtype and device of the table
 */
public record EmbeddingOptions(
    @Nullable Long paddingIdx,
    @Nullable Double maxNorm,
    double normType,
    boolean scaleGradByFreq,
    TensorOptions tensors) {
  /** None of it, in float32. */
  public static final EmbeddingOptions DEFAULT =
      new EmbeddingOptions(null, null, 2, false, TensorOptions.DEFAULT);

  /**
   * {@return these options with a row of padding}
   *
   * @param index its index, negative from the end
   */
  public EmbeddingOptions paddingIdx(long index) {
    return new EmbeddingOptions(index, maxNorm, normType, scaleGradByFreq, tensors);
  }

  /**
   * {@return these options with a greatest norm}
   *
   * @param norm the norm to which rows are scaled down when they are looked up
   * @param type its exponent
   */
  public EmbeddingOptions maxNorm(double norm, double type) {
    return new EmbeddingOptions(paddingIdx, norm, type, scaleGradByFreq, tensors);
  }

  /**
   * {@return these options with or without a scaled gradient}
   *
   * @param scaled whether a row's gradient is divided by how often it occurs
   */
  public EmbeddingOptions scaleGradByFreq(boolean scaled) {
    return new EmbeddingOptions(paddingIdx, maxNorm, normType, scaled, tensors);
  }

  /**
   * {@return these options with another dtype or device}
   *
   * @param options that of the table
   */
  public EmbeddingOptions tensors(TensorOptions options) {
    return new EmbeddingOptions(paddingIdx, maxNorm, normType, scaleGradByFreq, options);
  }
}
