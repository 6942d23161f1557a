package fluxion.nn.optim;

import fluxion.api.ArgumentException;
import fluxion.api.Scalar;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Brings the learning rate down on a cosine, and starts again from the top (Loshchilov and Hutter,
 * <a href="https://arxiv.org/abs/1608.03983">SGDR: Stochastic Gradient Descent with Warm
 * Restarts</a>).
 */
public final class CosineAnnealingWarmRestarts extends EpochScheduler {
  private static final String SINCE_RESTART = "T_cur";
  private static final String LENGTH = "T_i";

  /**
   * Makes a scheduler whose restarts are evenly spaced, down to 0.
   *
   * @param optimizer the optimiser
   * @param t0 the number of epochs to the first restart
   * @throws ArgumentException if a number will not do
   */
  public CosineAnnealingWarmRestarts(Optimizer optimizer, long t0) {
    this(optimizer, t0, 1, 0);
  }

  /**
   * Makes a scheduler, and sets the rates of epoch 0.
   *
   * @param optimizer the optimiser
   * @param t0 the number of epochs to the first restart
   * @param tMult by which factor that number grows from restart to restart
   * @param etaMin the least learning rate
   * @throws ArgumentException if a number will not do
   */
  public CosineAnnealingWarmRestarts(Optimizer optimizer, long t0, long tMult, double etaMin) {
    super(optimizer);
    if (t0 < 1) {
      throw new ArgumentException("Expected positive integer T_0, but got " + t0);
    }
    if (tMult < 1) {
      throw new ArgumentException("Expected integer T_mult >= 1, but got " + tMult);
    }
    set("T_0", t0);
    set("T_mult", tMult);
    set("eta_min", etaMin);
    set(SINCE_RESTART, -1.0);
    set(LENGTH, t0);
    begin();
  }

  @Override
  public void step() {
    double since = number(SINCE_RESTART) + 1;
    long length = integer(LENGTH);
    if (since >= length) {
      since -= length;
      set(LENGTH, length * integer("T_mult"));
    }
    set(SINCE_RESTART, since);
    super.step();
  }

  /**
   * Sets the learning rates of a point in time: an epoch and the part of it that is over.
   *
   * @param epoch the epoch, not negative
   * @throws ArgumentException if it is negative
   */
  public void step(double epoch) {
    if (!(epoch >= 0)) {
      throw new ArgumentException("Expected non-negative epoch, but got " + Scalar.of(epoch));
    }
    long first = integer("T_0");
    long factor = integer("T_mult");
    double since = epoch;
    long length = first;
    if (factor == 1) {
      since = epoch % first;
    } else {
      while (since >= length) {
        since -= length;
        length *= factor;
      }
    }
    set(SINCE_RESTART, since);
    set(LENGTH, length);
    super.jump((long) Math.floor(epoch));
  }

  @Override
  void jump(long epoch) {
    step((double) epoch);
  }

  @Override
  void rewind() {
    jump(0);
  }

  @Override
  double rate(int group, double lr, double base) {
    double part = Math.PI * number(SINCE_RESTART) / integer(LENGTH);
    return number("eta_min") + (base - number("eta_min")) * (1 + StrictMath.cos(part)) / 2;
  }

  @Override
  Collection<String> progress() {
    List<String> all = new ArrayList<>(super.progress());
    all.add(SINCE_RESTART);
    all.add(LENGTH);
    return all;
  }
}
