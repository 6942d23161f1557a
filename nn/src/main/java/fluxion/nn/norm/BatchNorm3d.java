package fluxion.nn.norm;

/** Batch normalisation of {@code [N, C, D, H, W]}. */
public final class BatchNorm3d extends BatchNorm {
  /**
   * Makes a layer with weight, bias and running statistics.
   *
   * @param numFeatures the number of channels
   */
  public BatchNorm3d(long numFeatures) {
    this(numFeatures, NormOptions.BATCH);
  }

  /**
   * Makes a layer.
   *
   * @param numFeatures the number of channels
   * @param options what it has, and how it computes
   */
  public BatchNorm3d(long numFeatures, NormOptions options) {
    super(numFeatures, options);
  }

  @Override
  void check(int dims) {
    require(dims == 5, "5D", dims);
  }
}
