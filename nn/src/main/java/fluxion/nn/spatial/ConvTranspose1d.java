package fluxion.nn.spatial;

/** A transposed convolution over one dimension, {@code [N, C, L]}. */
public final class ConvTranspose1d extends TransposedConvolution {
  /**
   * Makes a layer with stride 1, no padding and a bias.
   *
   * @param inChannels the channels of the input
   * @param outChannels the channels of the result
   * @param kernelSize one number
   */
  public ConvTranspose1d(long inChannels, long outChannels, long... kernelSize) {
    this(inChannels, outChannels, ConvOptions.DEFAULT, kernelSize);
  }

  /**
   * Makes a layer.
   *
   * @param inChannels the channels of the input
   * @param outChannels the channels of the result
   * @param options stride, padding and the rest
   * @param kernelSize one number
   * @throws fluxion.api.ArgumentException if the options do not go together
   */
  public ConvTranspose1d(
      long inChannels, long outChannels, ConvOptions options, long... kernelSize) {
    super(1, inChannels, outChannels, kernelSize, options);
  }
}
