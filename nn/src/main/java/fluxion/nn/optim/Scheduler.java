package fluxion.nn.optim;

import fluxion.api.ArgumentException;
import fluxion.nn.Stateful;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Changes options of an optimiser's groups while a run goes on. Not thread-safe.
 *
 * <p>All that a scheduler knows are named values, which can be saved and restored; what is not data
 * but a function is given to the constructor anew.
 */
public abstract class Scheduler implements Stateful {
  private static final String LAST_LR = "_last_lr";

  private final Optimizer optimizer;
  private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

  Scheduler(Optimizer optimizer) {
    this.optimizer = optimizer;
  }

  /** The optimiser whose options are changed. */
  final Optimizer optimizer() {
    return optimizer;
  }

  final List<ParameterGroup> groups() {
    return optimizer.groups();
  }

  /** {@return the learning rate of each group, as the scheduler set it last} */
  public final List<Double> lastLr() {
    return doubles(LAST_LR);
  }

  /** Notes the rates that the groups have. */
  final void noteLr() {
    set(LAST_LR, groups().stream().map(ParameterGroup::lr).toList());
  }

  // ---- values

  final void set(String name, @Nullable Object value) {
    values.put(name, value instanceof Number number ? Values.number(number) : value);
  }

  final double number(String name) {
    return Values.toNumber(values.get(name)).doubleValue();
  }

  final long integer(String name) {
    return Values.toNumber(values.get(name)).longValue();
  }

  final boolean flag(String name) {
    return Boolean.TRUE.equals(values.get(name));
  }

  final String text(String name) {
    return String.valueOf(values.get(name));
  }

  final List<Double> doubles(String name) {
    return values.get(name) instanceof List<?> list ? Values.doubles(list) : List.of();
  }

  final Map<?, ?> map(String name) {
    return values.get(name) instanceof Map<?, ?> map ? map : Map.of();
  }

  /**
   * {@return a number for each group}
   *
   * @param name what PyTorch calls them
   * @param numbers one for all groups, or one for each
   * @throws ArgumentException if they are neither
   */
  final List<Double> eachGroup(String name, double... numbers) {
    List<Double> each = new ArrayList<>();
    if (numbers.length != 1 && numbers.length != groups().size()) {
      throw new ArgumentException(
          "expected " + groups().size() + " values for " + name + ", got " + numbers.length);
    }
    for (int i = 0; i < groups().size(); i++) {
      each.add(numbers[numbers.length == 1 ? 0 : i]);
    }
    return each;
  }

  /** Refuses what is not as much as there are groups. */
  final void requireEach(String name, int count) {
    if (count != groups().size()) {
      throw new ArgumentException(
          "Expected " + groups().size() + " " + name + ", but got " + count);
    }
  }

  // ---- what is remembered

  /** {@return what the scheduler knows, by the names that PyTorch uses} */
  @Override
  public Map<String, @Nullable Object> stateDict() {
    return new LinkedHashMap<>(values);
  }

  /**
   * Goes on from saved state.
   *
   * @param dict what {@link #stateDict()} gave; entries that this scheduler does not have are
   *     passed over, and settings that are not there stay as they are
   * @throws ArgumentException if it is another scheduler's: the message lists everything that is
   *     wrong, and nothing is changed
   */
  public final void loadStateDict(Map<?, ?> dict) {
    prepareLoad(dict).run();
  }

  @Override
  public Runnable prepareLoad(Map<?, ?> dict) {
    Map<String, @Nullable Object> loaded = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    values.forEach(
        (name, current) -> {
          if (!dict.containsKey(name)) {
            if (progress().contains(name)) {
              problems.add(name + ": missing");
            }
            return;
          }
          try {
            Object value = Values.like(current, dict.get(name));
            if (current instanceof List<?> list
                && value instanceof List<?> other
                && list.size() != other.size()) {
              problems.add(name + ": expected " + list.size() + " numbers, found " + other.size());
            }
            loaded.put(name, value);
          } catch (ArgumentException e) {
            problems.add(name + ": " + e.getMessage());
          }
        });
    if (!problems.isEmpty()) {
      throw new ArgumentException(
          "loaded state dict does not fit "
              + getClass().getSimpleName()
              + ":\n\t"
              + String.join("\n\t", problems));
    }
    return () -> values.putAll(loaded);
  }

  /** The values that change from step to step, without which there is no going on. */
  abstract Collection<String> progress();
}
