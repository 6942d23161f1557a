package fluxion.nn.norm;

/** Batch normalisation of {@code [N, C, H, W]}. */
public final class BatchNorm2d extends BatchNorm {
  /**
   * Makes a layer with weight, bias and running statistics.
   *
   * @param numFeatures the number of channels
   */
  public BatchNorm2d(long numFeatures) {
    this(numFeatures, NormOptions.BATCH);
  }

  /**
   * Makes a layer.
   *
   * @param numFeatures the number of channels
   * @param options what it has, and how it computes
   */
  public BatchNorm2d(long numFeatures, NormOptions options) {
    super(numFeatures, options);
  }

  @Override
  void check(int dims) {
    require(dims == 4, "4D", dims);
  }
}
