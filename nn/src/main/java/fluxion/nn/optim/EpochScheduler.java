package fluxion.nn.optim;

import java.util.Collection;
import java.util.List;

/**
 * A scheduler whose learning rates are a function of the epoch, of the rates that the groups have,
 * and of those that they started from.
 *
 * <p>As in PyTorch, rates are worked out from those before, where that is how a schedule is
 * defined: so schedulers that run at the same time multiply.
 */
public abstract class EpochScheduler extends LRScheduler {
  private static final String BASE_LRS = "base_lrs";
  private static final String LAST_EPOCH = "last_epoch";
  private static final String STEP_COUNT = "_step_count";

  EpochScheduler(Optimizer optimizer) {
    super(optimizer);
  }

  /** Sets the rates of epoch 0; the last that a constructor does. */
  final void begin() {
    for (ParameterGroup group : groups()) {
      if (!group.hasNote(INITIAL_LR)) {
        group.put(INITIAL_LR, group.lr());
      }
    }
    set(BASE_LRS, groups().stream().map(group -> group.number(INITIAL_LR)).toList());
    set(LAST_EPOCH, -1);
    set(STEP_COUNT, 0);
    noteLr();
    step();
  }

  /** {@return the epoch whose rates are set, from 0} */
  public final long lastEpoch() {
    return integer(LAST_EPOCH);
  }

  @Override
  public void step() {
    set(STEP_COUNT, integer(STEP_COUNT) + 1);
    set(LAST_EPOCH, lastEpoch() + 1);
    setRates(false);
  }

  @Override
  void rewind() {
    set(LAST_EPOCH, -1);
    step();
  }

  @Override
  void jump(long epoch) {
    set(STEP_COUNT, integer(STEP_COUNT) + 1);
    set(LAST_EPOCH, epoch);
    setRates(true);
  }

  private void setRates(boolean jumped) {
    List<Double> base = doubles(BASE_LRS);
    double[] rates = new double[base.size()];
    for (int i = 0; i < rates.length; i++) {
      rates[i] =
          jumped
              ? rateAfterJump(i, groups().get(i).lr(), base.get(i))
              : rate(i, groups().get(i).lr(), base.get(i));
    }
    for (int i = 0; i < rates.length; i++) {
      groups().get(i).put("lr", rates[i]);
      setMore(i);
    }
    noteLr();
  }

  /**
   * The learning rate of the epoch.
   *
   * @param group the group's number
   * @param lr its rate so far
   * @param base its rate at the start
   */
  abstract double rate(int group, double lr, double base);

  /** The learning rate of the epoch when the rate so far is not that of the epoch before. */
  double rateAfterJump(int group, double lr, double base) {
    return rate(group, lr, base);
  }

  /** Sets options beside the learning rate. */
  void setMore(int group) {}

  @Override
  Collection<String> progress() {
    return List.of(BASE_LRS, LAST_EPOCH);
  }
}
