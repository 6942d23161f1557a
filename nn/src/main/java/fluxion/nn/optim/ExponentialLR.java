package fluxion.nn.optim;

/** Multiplies the learning rate by a factor every epoch. */
public final class ExponentialLR extends EpochScheduler {
  /**
   * Makes a scheduler, and sets the rates of epoch 0.
   *
   * @param optimizer the optimiser
   * @param gamma the factor
   */
  public ExponentialLR(Optimizer optimizer, double gamma) {
    super(optimizer);
    set("gamma", gamma);
    begin();
  }

  @Override
  double rate(int group, double lr, double base) {
    return lastEpoch() == 0 ? lr : lr * number("gamma");
  }

  @Override
  double rateAfterJump(int group, double lr, double base) {
    return base * StrictMath.pow(number("gamma"), (double) lastEpoch());
  }
}
