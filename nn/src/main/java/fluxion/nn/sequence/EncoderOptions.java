package fluxion.nn.sequence;

import fluxion.api.TensorOptions;

/**
 * The options of the layers of an encoder: immutable, each method gives a changed copy.
 *
 * @param dimFeedforward the size between the two linear maps
 * @param dropout the probability with which an element is dropped in training
 * @param gelu whether the function between them is {@code gelu} instead of {@code max(x, 0)}
 * @param layerNormEps what the normalisations add to the variance
 * @param batchFirst whether sequences are {@code [batch, length, features]}
 * @param normFirst whether attention and linear maps come after their normalisation
 * @param tensors dtype and device of the parameters
 */
public record EncoderOptions(
    long dimFeedforward,
    double dropout,
    boolean gelu,
    double layerNormEps,
    boolean batchFirst,
    boolean normFirst,
    TensorOptions tensors) {
  /** PyTorch's: 2048, 0.1, relu, 1e-5, the length first, normalised at the end, float32. */
  public static final EncoderOptions DEFAULT =
      new EncoderOptions(2048, 0.1, false, 1e-5, false, false, TensorOptions.DEFAULT);

  /**
   * {@return these options with another size between the linear maps}
   *
   * @param size the size
   */
  public EncoderOptions dimFeedforward(long size) {
    return new EncoderOptions(size, dropout, gelu, layerNormEps, batchFirst, normFirst, tensors);
  }

  /**
   * {@return these options with another dropout}
   *
   * @param p the probability with which an element is dropped in training
   */
  public EncoderOptions dropout(double p) {
    return new EncoderOptions(
        dimFeedforward, p, gelu, layerNormEps, batchFirst, normFirst, tensors);
  }

  /**
   * {@return these options with another function between the linear maps}
   *
   * @param smooth whether it is {@code gelu} instead of {@code max(x, 0)}
   */
  public EncoderOptions gelu(boolean smooth) {
    return new EncoderOptions(
        dimFeedforward, dropout, smooth, layerNormEps, batchFirst, normFirst, tensors);
  }

  /**
   * {@return these options with another eps}
   *
   * @param eps what the normalisations add to the variance
   */
  public EncoderOptions layerNormEps(double eps) {
    return new EncoderOptions(dimFeedforward, dropout, gelu, eps, batchFirst, normFirst, tensors);
  }

  /**
   * {@return these options with another order of dimensions}
   *
   * @param first whether the batch is the first dimension
   */
  public EncoderOptions batchFirst(boolean first) {
    return new EncoderOptions(
        dimFeedforward, dropout, gelu, layerNormEps, first, normFirst, tensors);
  }

  /**
   * {@return these options with the normalisations at another place}
   *
   * @param first whether attention and linear maps come after them
   */
  public EncoderOptions normFirst(boolean first) {
    return new EncoderOptions(
        dimFeedforward, dropout, gelu, layerNormEps, batchFirst, first, tensors);
  }

  /**
   * {@return these options with another dtype or device}
   *
   * @param options that of the parameters
   */
  public EncoderOptions tensors(TensorOptions options) {
    return new EncoderOptions(
        dimFeedforward, dropout, gelu, layerNormEps, batchFirst, normFirst, options);
  }
}
