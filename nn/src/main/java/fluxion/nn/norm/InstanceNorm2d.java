package fluxion.nn.norm;

/** Instance normalisation of {@code [N, C, H, W]} or {@code [C, H, W]}. */
public final class InstanceNorm2d extends InstanceNorm {
  /**
   * Makes a layer without weight, bias and running statistics.
   *
   * @param numFeatures the number of channels
   */
  public InstanceNorm2d(long numFeatures) {
    this(numFeatures, NormOptions.INSTANCE);
  }

  /**
   * Makes a layer.
   *
   * @param numFeatures the number of channels
   * @param options what it has, and how it computes
   */
  public InstanceNorm2d(long numFeatures, NormOptions options) {
    super(4, "3D or 4D", numFeatures, options);
  }
}
