package fluxion.nn.spatial;

/** A transposed convolution over three dimensions, {@code [N, C, D, H, W]}. */
public final class ConvTranspose3d extends TransposedConvolution {
  /**
   * Makes a layer with stride 1, no padding and a bias.
   *
   * @param inChannels the channels of the input
   * @param outChannels the channels of the result
   * @param kernelSize one number, or three
   */
  public ConvTranspose3d(long inChannels, long outChannels, long... kernelSize) {
    this(inChannels, outChannels, ConvOptions.DEFAULT, kernelSize);
  }

  /**
   * Makes a layer.
   *
   * @param inChannels the channels of the input
   * @param outChannels the channels of the result
   * @param options stride, padding and the rest
   * @param kernelSize one number, or three
   * @throws fluxion.api.ArgumentException if the options do not go together
   */
  public ConvTranspose3d(
      long inChannels, long outChannels, ConvOptions options, long... kernelSize) {
    super(3, inChannels, outChannels, kernelSize, options);
  }
}
