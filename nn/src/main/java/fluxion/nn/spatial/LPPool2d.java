package fluxion.nn.spatial;

/** The p-norm of each window over two dimensions, {@code [N, C, H, W]}. */
public final class LPPool2d extends LPPool {
  /**
   * Makes a pool of windows side by side.
   *
   * @param normType the exponent p
   * @param kernelSize the size of a window
   */
  public LPPool2d(double normType, long kernelSize) {
    this(normType, PoolOptions.kernel(kernelSize));
  }

  /**
   * Makes a pool.
   *
   * @param normType the exponent p
   * @param options the windows' size, step and rule for the last one; nothing else counts
   */
  public LPPool2d(double normType, PoolOptions options) {
    super(2, normType, options);
  }
}
