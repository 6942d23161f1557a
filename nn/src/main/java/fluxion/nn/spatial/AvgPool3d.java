package fluxion.nn.spatial;

/** The mean of each window over three dimensions, {@code [N, C, D, H, W]}. */
public final class AvgPool3d extends AvgPool {
  /**
   * Makes a pool of windows side by side.
   *
   * @param kernelSize the size of a window
   */
  public AvgPool3d(long kernelSize) {
    this(PoolOptions.kernel(kernelSize));
  }

  /**
   * Makes a pool.
   *
   * @param kernelSize the size of a window
   * @param stride the step of the windows
   * @param padding how far they reach beyond the input
   */
  public AvgPool3d(long kernelSize, long stride, long padding) {
    this(PoolOptions.kernel(kernelSize).stride(stride).padding(padding));
  }

  /**
   * Makes a pool.
   *
   * @param options the windows
   */
  public AvgPool3d(PoolOptions options) {
    super(3, options);
  }
}
