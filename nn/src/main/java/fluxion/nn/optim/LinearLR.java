package fluxion.nn.optim;

import fluxion.api.ArgumentException;

/** Multiplies the learning rate by a factor that goes from one value to another on a line. */
public final class LinearLR extends EpochScheduler {
  /**
   * Makes a scheduler, from 1/3 to 1 in 5 epochs.
   *
   * @param optimizer the optimiser
   * @throws ArgumentException if a number will not do
   */
  public LinearLR(Optimizer optimizer) {
    this(optimizer, 1.0 / 3, 1, 5);
  }

  /**
   * Makes a scheduler, and sets the rates of epoch 0.
   *
   * @param optimizer the optimiser
   * @param startFactor the factor at epoch 0, above 0 and at most 1
   * @param endFactor the factor at the end, from 0 to 1
   * @param totalIters the epoch of the end
   * @throws ArgumentException if a number will not do
   */
  public LinearLR(Optimizer optimizer, double startFactor, double endFactor, long totalIters) {
    super(optimizer);
    if (!(startFactor > 0 && startFactor <= 1)) {
      throw new ArgumentException(
          "Starting multiplicative factor expected to be greater than 0 and less or equal to 1.");
    }
    if (!(endFactor >= 0 && endFactor <= 1)) {
      throw new ArgumentException("Ending multiplicative factor expected to be between 0 and 1.");
    }
    set("start_factor", startFactor);
    set("end_factor", endFactor);
    set("total_iters", totalIters);
    begin();
  }

  @Override
  double rate(int group, double lr, double base) {
    double start = number("start_factor");
    double rise = number("end_factor") - start;
    long total = integer("total_iters");
    if (lastEpoch() == 0) {
      return lr * start;
    }
    return lastEpoch() > total ? lr : lr * (1 + rise / (total * start + (lastEpoch() - 1) * rise));
  }

  @Override
  double rateAfterJump(int group, double lr, double base) {
    double start = number("start_factor");
    long total = integer("total_iters");
    double part = (double) Math.min(total, lastEpoch()) / total;
    return base * (start + (number("end_factor") - start) * part);
  }
}
