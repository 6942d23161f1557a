package fluxion.nn.spatial;

/** The mean of each window over two dimensions, {@code [N, C, H, W]}. */
public final class AvgPool2d extends AvgPool {
  /**
   * Makes a pool of windows side by side.
   *
   * @param kernelSize the size of a window
   */
  public AvgPool2d(long kernelSize) {
    this(PoolOptions.kernel(kernelSize));
  }

  /**
   * Makes a pool.
   *
   * @param kernelSize the size of a window
   * @param stride the step of the windows
   * @param padding how far they reach beyond the input
   */
  public AvgPool2d(long kernelSize, long stride, long padding) {
    this(PoolOptions.kernel(kernelSize).stride(stride).padding(padding));
  }

  /**
   * Makes a pool.
   *
   * @param options the windows
   */
  public AvgPool2d(PoolOptions options) {
    super(2, options);
  }
}
