package fluxion.nn.optim;

import fluxion.api.ArgumentException;
import fluxion.api.Tensor;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Parameters of an optimiser with options of their own.
 *
 * {@snippet :
 * var options = new SGDOptions(1e-3).momentum(0.9);
 * var optimizer =
 *     new SGD(
 *         new ParameterGroup(backbone.parameters(), options),
 *         new ParameterGroup(head.parameters(), options.lr(1e-2)));
 * }
 *
 * <p>Not thread-safe.
 */
public final class ParameterGroup {
  private final List<Tensor> parameters;
  private OptimizerOptions<?> options;

  /** What schedulers note beside the options, such as {@code initial_lr}. */
  private final SortedMap<String, @Nullable Object> notes = new TreeMap<>();

  /**
   * Makes a group.
   *
   * @param parameters the parameters: leaves
   * @param options their options
   * @throws ArgumentException if an option will not do, or a parameter is no leaf
   */
  public ParameterGroup(Collection<Tensor> parameters, OptimizerOptions<?> options) {
    options.check();
    this.options = options;
    this.parameters = List.copyOf(parameters);
    for (Tensor parameter : this.parameters) {
      if (!parameter.isLeaf()) {
        throw new ArgumentException("can't optimize a non-leaf Tensor");
      }
    }
  }

  /** {@return the parameters} */
  public List<Tensor> parameters() {
    return parameters;
  }

  /** {@return the options as they are now} */
  public OptimizerOptions<?> options() {
    return options;
  }

  /**
   * Changes all options from the next step on. What was gathered by earlier steps stays.
   *
   * @param changed the options
   * @throws ArgumentException if an option will not do, or they are another optimiser's
   */
  public void setOptions(OptimizerOptions<?> changed) {
    if (changed.getClass() != options.getClass()) {
      throw new ArgumentException(
          "expected "
              + options.getClass().getSimpleName()
              + ", found "
              + changed.getClass().getSimpleName());
    }
    changed.check();
    options = changed;
  }

  /** {@return the learning rate} */
  public double lr() {
    return options.lr();
  }

  /**
   * Changes the learning rate from the next step on.
   *
   * @param lr the learning rate
   * @throws ArgumentException if it is negative
   */
  public void setLr(Number lr) {
    setOptions(options.lr(lr));
  }

  /** All options and notes by PyTorch's names. */
  SortedMap<String, @Nullable Object> values() {
    SortedMap<String, @Nullable Object> all = new TreeMap<>(options.values());
    all.putAll(notes);
    return all;
  }

  /** Whether there is such an option. */
  boolean hasOption(String name) {
    return options.values().containsKey(name);
  }

  /** Sets an option, or notes something, unchecked, as PyTorch's schedulers do. */
  void put(String name, @Nullable Object value) {
    if (hasOption(name)) {
      options = options.with(name, value);
    } else {
      notes.put(name, value);
    }
  }

  /** What a note or else an option says. */
  double number(String name) {
    return notes.containsKey(name)
        ? Values.toNumber(notes.get(name)).doubleValue()
        : options.number(name);
  }

  /** Whether something is noted. */
  boolean hasNote(String name) {
    return notes.containsKey(name);
  }

  /** Takes options and notes over that have been checked. */
  void restore(OptimizerOptions<?> loaded, SortedMap<String, @Nullable Object> loadedNotes) {
    options = loaded;
    notes.clear();
    notes.putAll(loadedNotes);
  }
}
