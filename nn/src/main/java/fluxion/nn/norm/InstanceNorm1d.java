package fluxion.nn.norm;

/** Instance normalisation of {@code [N, C, L]} or {@code [C, L]}. */
public final class InstanceNorm1d extends InstanceNorm {
  /**
   * Makes a layer without weight, bias and running statistics.
   *
   * @param numFeatures the number of channels
   */
  public InstanceNorm1d(long numFeatures) {
    this(numFeatures, NormOptions.INSTANCE);
  }

  /**
   * Makes a layer.
   *
   * @param numFeatures the number of channels
   * @param options what it has, and how it computes
   */
  public InstanceNorm1d(long numFeatures, NormOptions options) {
    super(3, "2D or 3D", numFeatures, options);
  }
}
