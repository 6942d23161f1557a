package fluxion.nn.optim;

import fluxion.api.ArgumentException;

/**
 * Brings the learning rate down, and up again, on a cosine (Loshchilov and Hutter, <a
 * href="https://arxiv.org/abs/1608.03983">SGDR: Stochastic Gradient Descent with Warm Restarts</a>,
 * without the restarts).
 */
public final class CosineAnnealingLR extends EpochScheduler {
  /**
   * Makes a scheduler, down to 0.
   *
   * @param optimizer the optimiser
   * @param tMax how many epochs it takes to come down
   * @throws ArgumentException if a number will not do
   */
  public CosineAnnealingLR(Optimizer optimizer, long tMax) {
    this(optimizer, tMax, 0);
  }

  /**
   * Makes a scheduler, and sets the rates of epoch 0.
   *
   * @param optimizer the optimiser
   * @param tMax how many epochs it takes to come down
   * @param etaMin the least learning rate
   * @throws ArgumentException if a number will not do
   */
  public CosineAnnealingLR(Optimizer optimizer, long tMax, double etaMin) {
    super(optimizer);
    if (tMax < 1) {
      throw new ArgumentException("Expected positive integer T_max, but got " + tMax);
    }
    set("T_max", tMax);
    set("eta_min", etaMin);
    begin();
  }

  @Override
  double rate(int group, double lr, double base) {
    long epoch = lastEpoch();
    long half = integer("T_max");
    double least = number("eta_min");
    if (epoch == 0) {
      return lr;
    }
    if (Math.floorMod(epoch - 1 - half, 2 * half) == 0) {
      // The last rate was the least one, from which no factor leads up.
      return lr + (base - least) * (1 - StrictMath.cos(Math.PI / half)) / 2;
    }
    double now = 1 + StrictMath.cos(Math.PI * epoch / half);
    double before = 1 + StrictMath.cos(Math.PI * (epoch - 1) / half);
    return now / before * (lr - least) + least;
  }

  @Override
  double rateAfterJump(int group, double lr, double base) {
    double part = Math.PI * lastEpoch() / integer("T_max");
    return number("eta_min") + (base - number("eta_min")) * (1 + StrictMath.cos(part)) / 2;
  }
}
