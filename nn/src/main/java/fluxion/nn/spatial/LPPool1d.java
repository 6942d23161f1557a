package fluxion.nn.spatial;

/** The p-norm of each window over one dimension, {@code [N, C, L]}. */
public final class LPPool1d extends LPPool {
  /**
   * Makes a pool of windows side by side.
   *
   * @param normType the exponent p
   * @param kernelSize the size of a window
   */
  public LPPool1d(double normType, long kernelSize) {
    this(normType, PoolOptions.kernel(kernelSize));
  }

  /**
   * Makes a pool.
   *
   * @param normType the exponent p
   * @param options the windows' size, step and rule for the last one; nothing else counts
   */
  public LPPool1d(double normType, PoolOptions options) {
    super(1, normType, options);
  }
}
