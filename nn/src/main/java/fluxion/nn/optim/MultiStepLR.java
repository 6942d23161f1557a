package fluxion.nn.optim;

import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Multiplies the learning rate by a factor at given epochs; at one that is given twice, by its
 * square.
 */
public final class MultiStepLR extends EpochScheduler {
  /**
   * Makes a scheduler, with factor 0.1.
   *
   * @param optimizer the optimiser
   * @param milestones the epochs
   */
  public MultiStepLR(Optimizer optimizer, Collection<? extends Number> milestones) {
    this(optimizer, milestones, 0.1);
  }

  /**
   * Makes a scheduler, and sets the rates of epoch 0.
   *
   * @param optimizer the optimiser
   * @param milestones the epochs
   * @param gamma the factor
   */
  public MultiStepLR(Optimizer optimizer, Collection<? extends Number> milestones, double gamma) {
    super(optimizer);
    SortedMap<Long, Long> counts = new TreeMap<>();
    milestones.forEach(milestone -> counts.merge(milestone.longValue(), 1L, Long::sum));
    set("milestones", counts);
    set("gamma", gamma);
    begin();
  }

  @Override
  double rate(int group, double lr, double base) {
    Object times = map("milestones").get(lastEpoch());
    return times == null
        ? lr
        : lr * StrictMath.pow(number("gamma"), Values.toNumber(times).doubleValue());
  }

  @Override
  double rateAfterJump(int group, double lr, double base) {
    double times = 0;
    for (Map.Entry<?, ?> milestone : map("milestones").entrySet()) {
      if (Values.toNumber(milestone.getKey()).longValue() <= lastEpoch()) {
        times += Values.toNumber(milestone.getValue()).doubleValue();
      }
    }
    return base * StrictMath.pow(number("gamma"), times);
  }
}
