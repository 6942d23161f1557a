package fluxion.nn.optim;

import fluxion.api.ArgumentException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Schedulers that take turns: each of them from its milestone on. */
public final class SequentialLR extends LRScheduler {
  private static final String EPOCH = "last_epoch";
  private static final String MILESTONES = "milestones";

  private final List<LRScheduler> schedulers;

  /**
   * Makes a scheduler.
   *
   * @param optimizer the optimiser
   * @param schedulers schedulers of the optimiser
   * @param milestones the epochs at which the second and those after it begin
   * @throws ArgumentException if a scheduler is another optimiser's, or the milestones are not one
   *     fewer than the schedulers
   */
  public SequentialLR(
      Optimizer optimizer, List<? extends LRScheduler> schedulers, List<Long> milestones) {
    super(optimizer);
    this.schedulers = List.copyOf(schedulers);
    for (int i = 0; i < schedulers.size(); i++) {
      if (schedulers.get(i).optimizer() != optimizer) {
        throw new ArgumentException(
            "Sequential Schedulers expects all schedulers to belong to the same optimizer, but got"
                + " schedulers at index 0 and "
                + i
                + " to be different");
      }
    }
    if (milestones.size() != schedulers.size() - 1) {
      throw new ArgumentException(
          "Sequential Schedulers expects number of schedulers provided to be one more than the"
              + " number of milestone points, but got number of schedulers "
              + schedulers.size()
              + " and the number of milestones to be equal to "
              + milestones.size());
    }
    set(MILESTONES, List.copyOf(milestones));
    set(EPOCH, 0);
    rewind();
  }

  @Override
  public void step() {
    long epoch = integer(EPOCH) + 1;
    set(EPOCH, epoch);
    int turn = turn(epoch);
    if (turn > 0 && doubles(MILESTONES).get(turn - 1) == epoch) {
      schedulers.get(turn).jump(0);
    } else {
      schedulers.get(turn).step();
    }
    noteLr();
  }

  private int turn(long epoch) {
    int turn = 0;
    while (turn < schedulers.size() - 1 && doubles(MILESTONES).get(turn) <= epoch) {
      turn++;
    }
    return turn;
  }

  @Override
  void rewind() {
    resetRates();
    set(EPOCH, 0);
    schedulers.getFirst().rewind();
    noteLr();
  }

  @Override
  void jump(long epoch) {
    rewind();
    for (long i = 0; i < epoch; i++) {
      step();
    }
  }

  @Override
  public Map<String, @Nullable Object> stateDict() {
    Map<String, @Nullable Object> dict = super.stateDict();
    dict.put(ChainedScheduler.SCHEDULERS, ChainedScheduler.save(schedulers));
    return dict;
  }

  @Override
  public Runnable prepareLoad(Map<?, ?> dict) {
    Runnable inner = ChainedScheduler.prepareInner(this, dict, schedulers);
    Runnable own = super.prepareLoad(dict);
    return () -> {
      inner.run();
      own.run();
    };
  }

  @Override
  Collection<String> progress() {
    return List.of(EPOCH);
  }
}
