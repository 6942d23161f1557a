package fluxion.nn.spatial;

/** The largest element of each window over three dimensions, {@code [N, C, D, H, W]}. */
public final class MaxPool3d extends MaxPool {
  /**
   * Makes a pool of windows side by side.
   *
   * @param kernelSize the size of a window
   */
  public MaxPool3d(long kernelSize) {
    this(PoolOptions.kernel(kernelSize));
  }

  /**
   * Makes a pool.
   *
   * @param kernelSize the size of a window
   * @param stride the step of the windows
   * @param padding how far they reach beyond the input
   */
  public MaxPool3d(long kernelSize, long stride, long padding) {
    this(PoolOptions.kernel(kernelSize).stride(stride).padding(padding));
  }

  /**
   * Makes a pool.
   *
   * @param options the windows
   */
  public MaxPool3d(PoolOptions options) {
    super(3, options);
  }
}
