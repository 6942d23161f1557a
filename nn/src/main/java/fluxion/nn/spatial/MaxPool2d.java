package fluxion.nn.spatial;

/** The largest element of each window over two dimensions, {@code [N, C, H, W]}. */
public final class MaxPool2d extends MaxPool {
  /**
   * Makes a pool of windows side by side.
   *
   * @param kernelSize the size of a window
   */
  public MaxPool2d(long kernelSize) {
    this(PoolOptions.kernel(kernelSize));
  }

  /**
   * Makes a pool.
   *
   * @param kernelSize the size of a window
   * @param stride the step of the windows
   * @param padding how far they reach beyond the input
   */
  public MaxPool2d(long kernelSize, long stride, long padding) {
    this(PoolOptions.kernel(kernelSize).stride(stride).padding(padding));
  }

  /**
   * Makes a pool.
   *
   * @param options the windows
   */
  public MaxPool2d(PoolOptions options) {
    super(2, options);
  }
}
