package fluxion.nn.optim;

/** Brings the learning rate down to 0 by a power of the epochs that are left. */
public final class PolynomialLR extends EpochScheduler {
  /**
   * Makes a scheduler, on a line within 5 epochs.
   *
   * @param optimizer the optimiser
   */
  public PolynomialLR(Optimizer optimizer) {
    this(optimizer, 5, 1);
  }

  /**
   * Makes a scheduler, and sets the rates of epoch 0.
   *
   * @param optimizer the optimiser
   * @param totalIters the epoch at which it is 0
   * @param power the power
   */
  public PolynomialLR(Optimizer optimizer, long totalIters, double power) {
    super(optimizer);
    set("total_iters", totalIters);
    set("power", power);
    begin();
  }

  @Override
  double rate(int group, double lr, double base) {
    long epoch = lastEpoch();
    long total = integer("total_iters");
    if (epoch == 0 || epoch > total) {
      return lr;
    }
    double left = 1 - (double) epoch / total;
    double leftBefore = 1 - (double) (epoch - 1) / total;
    return lr * StrictMath.pow(left / leftBefore, number("power"));
  }

  @Override
  double rateAfterJump(int group, double lr, double base) {
    long total = integer("total_iters");
    double left = 1 - (double) Math.min(total, lastEpoch()) / total;
    return base * StrictMath.pow(left, number("power"));
  }
}
