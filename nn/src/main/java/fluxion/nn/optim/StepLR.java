package fluxion.nn.optim;

import fluxion.api.ArgumentException;

/** Multiplies the learning rate by a factor every few epochs. */
public final class StepLR extends EpochScheduler {
  /**
   * Makes a scheduler, with factor 0.1.
   *
   * @param optimizer the optimiser
   * @param stepSize after how many epochs
   * @throws ArgumentException if a number will not do
   */
  public StepLR(Optimizer optimizer, long stepSize) {
    this(optimizer, stepSize, 0.1);
  }

  /**
   * Makes a scheduler, and sets the rates of epoch 0.
   *
   * @param optimizer the optimiser
   * @param stepSize after how many epochs
   * @param gamma the factor
   * @throws ArgumentException if a number will not do
   */
  public StepLR(Optimizer optimizer, long stepSize, double gamma) {
    super(optimizer);
    if (stepSize < 1) {
      throw new ArgumentException("Expected positive integer step_size, but got " + stepSize);
    }
    set("step_size", stepSize);
    set("gamma", gamma);
    begin();
  }

  @Override
  double rate(int group, double lr, double base) {
    boolean falls = lastEpoch() > 0 && lastEpoch() % integer("step_size") == 0;
    return falls ? lr * number("gamma") : lr;
  }

  @Override
  double rateAfterJump(int group, double lr, double base) {
    long falls = lastEpoch() / integer("step_size");
    return base * StrictMath.pow(number("gamma"), (double) falls);
  }
}
