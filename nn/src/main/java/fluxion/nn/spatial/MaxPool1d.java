package fluxion.nn.spatial;

/** The largest element of each window over one dimension, {@code [N, C, L]}. */
public final class MaxPool1d extends MaxPool {
  /**
   * Makes a pool of windows side by side.
   *
   * @param kernelSize the size of a window
   */
  public MaxPool1d(long kernelSize) {
    this(PoolOptions.kernel(kernelSize));
  }

  /**
   * Makes a pool.
   *
   * @param kernelSize the size of a window
   * @param stride the step of the windows
   * @param padding how far they reach beyond the input
   */
  public MaxPool1d(long kernelSize, long stride, long padding) {
    this(PoolOptions.kernel(kernelSize).stride(stride).padding(padding));
  }

  /**
   * Makes a pool.
   *
   * @param options the windows
   */
  public MaxPool1d(PoolOptions options) {
    super(1, options);
  }
}
