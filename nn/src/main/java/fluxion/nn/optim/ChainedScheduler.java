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
  public void loadStateDict(Map<?, ?> dict) {
    load(schedulers, requireInner(this, dict, schedulers));
    super.loadStateDict(dict);
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

  /** The state dicts of the schedulers inside one. */
  static List<Map<?, ?>> requireInner(
      Scheduler outer, Map<?, ?> dict, List<LRScheduler> schedulers) {
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
    return inner;
  }

  /** Loads all, or none if one does not fit. */
  static void load(List<LRScheduler> schedulers, List<Map<?, ?>> dicts) {
    List<Map<String, @Nullable Object>> before =
        schedulers.stream().map(Scheduler::stateDict).toList();
    try {
      for (int i = 0; i < dicts.size(); i++) {
        schedulers.get(i).loadStateDict(dicts.get(i));
      }
    } catch (ArgumentException e) {
      for (int i = 0; i < before.size(); i++) {
        schedulers.get(i).loadStateDict(before.get(i));
      }
      throw e;
    }
  }
}
