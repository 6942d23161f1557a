package fluxion.nn.optim;

import fluxion.api.ArgumentException;

/** Multiplies the learning rate by a factor until an epoch. */
public final class ConstantLR extends EpochScheduler {
  /**
   * Makes a scheduler, with factor 1/3 for 5 epochs.
   *
   * @param optimizer the optimiser
   * @throws ArgumentException if a number will not do
   */
  public ConstantLR(Optimizer optimizer) {
    this(optimizer, 1.0 / 3, 5);
  }

  /**
   * Makes a scheduler, and sets the rates of epoch 0.
   *
   * @param optimizer the optimiser
   * @param factor the factor, from 0 to 1
   * @param totalIters the epoch from which on the rate is whole again
   * @throws ArgumentException if a number will not do
   */
  public ConstantLR(Optimizer optimizer, double factor, long totalIters) {
    super(optimizer);
    if (!(factor >= 0 && factor <= 1)) {
      throw new ArgumentException("Constant multiplicative factor expected to be between 0 and 1.");
    }
    set("factor", factor);
    set("total_iters", totalIters);
    begin();
  }

  @Override
  double rate(int group, double lr, double base) {
    if (lastEpoch() == 0) {
      return lr * number("factor");
    }
    return lastEpoch() == integer("total_iters") ? lr * (1 / number("factor")) : lr;
  }

  @Override
  double rateAfterJump(int group, double lr, double base) {
    return lastEpoch() < integer("total_iters") ? base * number("factor") : base;
  }
}
