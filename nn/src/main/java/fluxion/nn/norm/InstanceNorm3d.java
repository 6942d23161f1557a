package fluxion.nn.norm;

/** Instance normalisation of {@code [N, C, D, H, W]} or {@code [C, D, H, W]}. */
public final class InstanceNorm3d extends InstanceNorm {
  /**
   * Makes a layer without weight, bias and running statistics.
   *
   * @param numFeatures the number of channels
   */
  public InstanceNorm3d(long numFeatures) {
    this(numFeatures, NormOptions.INSTANCE);
  }

  /**
   * Makes a layer.
   *
   * @param numFeatures the number of channels
   * @param options what it has, and how it computes
   */
  public InstanceNorm3d(long numFeatures, NormOptions options) {
    super(5, "4D or 5D", numFeatures, options);
  }
}
