package fluxion.nn.optim;

import fluxion.api.ArgumentException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Schedulers that all step at the same time. */
public final class ChainedScheduler extends LRScheduler {
  static final String SCHEDULERS = "_schedulers";

  private final List<LRScheduler> schedulers;

  /**
   * Makes a scheduler.
   *
   * @param schedulers schedulers of one optimiser, in the order in which they step
   * @throws ArgumentException if there is none, or they are of different optimisers
   */
  public ChainedScheduler(List<? extends LRScheduler> schedulers) {
    super(first(schedulers).optimizer());
    this.schedulers = List.copyOf(schedulers);
    for (int i = 1; i < schedulers.size(); i++) {
      if (schedulers.get(i).optimizer() != optimizer()) {
        throw new ArgumentException(
            "ChainedScheduler expects all schedulers to belong to the same optimizer, but got"
                + " schedulers at index 0 and "
                + i
                + " to be different");
      }
    }
    noteLr();
  }

  private static LRScheduler first(List<? extends LRScheduler> schedulers) {
    if (schedulers.isEmpty()) {
      throw new ArgumentException(
          "ChainedScheduler expects at least one scheduler to be chained, but got no scheduler.");
    }
    return schedulers.getFirst();
  }

  @Override
  public void step() {
    schedulers.forEach(LRScheduler::step);
    noteLr();
  }

  @Override
  void rewind() {
    schedulers.forEach(LRScheduler::rewind);
    noteLr();
  }

  @Override
  void jump(long epoch) {
    resetRates();
    rewind();
    for (long i = 0; i < epoch; i++) {
      step();
    }
  }

  @Override
  public Map<String, @Nullable Object> stateDict() {
    Map<String, @Nullable Object> dict = super.stateDict();
    dict.put(SCHEDULERS, save(schedulers));
    return dict;
  }

  @Override
  public Runnable prepareLoad(Map<?, ?> dict) {
    Runnable inner = prepareInner(this, dict, schedulers);
    Runnable own = super.prepareLoad(dict);
    return () -> {
      inner.run();
      own.run();
    };
  }

  @Override
  Collection<String> progress() {
    return List.of();
  }

  // ---- schedulers inside schedulers

  static List<Object> save(List<LRScheduler> schedulers) {
    List<Object> saved = new ArrayList<>();
    schedulers.forEach(scheduler -> saved.add(scheduler.stateDict()));
    return saved;
  }

  /** Makes ready to load the state dicts of the schedulers inside one. */
  static Runnable prepareInner(Scheduler outer, Map<?, ?> dict, List<LRScheduler> schedulers) {
    List<Map<?, ?>> inner = new ArrayList<>();
    if (dict.get(SCHEDULERS) instanceof List<?> list && list.size() == schedulers.size()) {
      for (Object one : list) {
        if (one instanceof Map<?, ?> map) {
          inner.add(map);
        }
      }
    }
    if (inner.size() != schedulers.size()) {
      throw new ArgumentException(
          "loaded state dict does not fit "
              + outer.getClass().getSimpleName()
              + ":\n\t"
              + SCHEDULERS
              + ": expected a list of "
              + schedulers.size()
              + " maps");
    }
    List<Runnable> changes = new ArrayList<>();
    for (int i = 0; i < inner.size(); i++) {
      changes.add(schedulers.get(i).prepareLoad(inner.get(i)));
    }
    return () -> changes.forEach(Runnable::run);
  }
}
