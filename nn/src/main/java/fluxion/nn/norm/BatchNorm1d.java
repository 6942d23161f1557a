package fluxion.nn.norm;

/** Batch normalisation of {@code [N, C]} or {@code [N, C, L]}. */
public final class BatchNorm1d extends BatchNorm {
  /**
   * Makes a layer with weight, bias and running statistics.
   *
   * @param numFeatures the number of channels
   */
  public BatchNorm1d(long numFeatures) {
    this(numFeatures, NormOptions.BATCH);
  }

  /**
   * Makes a layer.
   *
   * @param numFeatures the number of channels
   * @param options what it has, and how it computes
   */
  public BatchNorm1d(long numFeatures, NormOptions options) {
    super(numFeatures, options);
  }

  @Override
  void check(int dims) {
    require(dims == 2 || dims == 3, "2D or 3D", dims);
  }
}
