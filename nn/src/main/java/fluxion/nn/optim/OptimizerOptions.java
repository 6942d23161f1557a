package fluxion.nn.optim;

import fluxion.api.ArgumentException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The options of an optimiser: immutable, each method gives a changed copy.
 *
 * <p>Numbers print as they were given, integers as integers.
 *
 * @param <O> the class of the options
 */
public abstract class OptimizerOptions<O extends OptimizerOptions<O>> {
  private final SortedMap<String, @Nullable Object> values;

  /**
   * Takes values as they are; the optimiser checks them.
   *
   * @param values the values by PyTorch's names, {@code lr} among them: Long, Double, Boolean,
   *     String, a list of numbers, or null
   */
  protected OptimizerOptions(Map<String, ? extends @Nullable Object> values) {
    this.values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  /**
   * {@return options of this class with other values}
   *
   * @param changed the values by name
   */
  protected abstract O remade(Map<String, @Nullable Object> changed);

  /**
   * Refuses values outside their ranges.
   *
   * @throws ArgumentException if an option will not do
   */
  protected void check() {
    requireNotNegative("learning rate", "lr");
  }

  /**
   * {@return these options with one changed}
   *
   * @param name the option's name
   * @param value its value, of a kind that the constructor takes
   */
  protected final O with(String name, @Nullable Object value) {
    SortedMap<String, @Nullable Object> changed = new TreeMap<>(values);
    changed.put(name, value instanceof Number number ? Values.number(number) : value);
    return remade(changed);
  }

  /**
   * {@return these options with another learning rate}
   *
   * @param lr the learning rate
   */
  public final O lr(Number lr) {
    return with("lr", lr);
  }

  /** {@return the learning rate} */
  public final double lr() {
    return number("lr");
  }

  /** {@return all options by PyTorch's names} */
  public final SortedMap<String, @Nullable Object> values() {
    return values;
  }

  /**
   * {@return an option that is a number}
   *
   * @param name PyTorch's name
   * @throws ArgumentException if there is no such number
   */
  public final double number(String name) {
    return Values.toNumber(values.get(name)).doubleValue();
  }

  /**
   * {@return an option that is a truth value}
   *
   * @param name PyTorch's name
   */
  public final boolean flag(String name) {
    return Boolean.TRUE.equals(values.get(name));
  }

  /**
   * {@return a number of an option that is a list}
   *
   * @param name PyTorch's name
   * @param i the position in the list
   * @throws ArgumentException if there is no such number
   */
  public final double number(String name, int i) {
    if (values.get(name) instanceof List<?> list && i < list.size()) {
      return Values.toNumber(list.get(i)).doubleValue();
    }
    throw new ArgumentException("the options have no " + name + "[" + i + "]");
  }

  // ---- checks, which also refuse NaN

  final void requireNotNegative(String what, String name) {
    require(number(name) >= 0, what, name);
  }

  final void require(boolean condition, String what, String name) {
    if (!condition) {
      throw new ArgumentException("Invalid " + what + ": " + Values.text(values.get(name)));
    }
  }

  @Override
  public final boolean equals(@Nullable Object other) {
    return other instanceof OptimizerOptions<?> that
        && getClass() == that.getClass()
        && values.equals(that.values);
  }

  @Override
  public final int hashCode() {
    return values.hashCode();
  }

  /** {@return the options as Python would write them} */
  @Override
  public final String toString() {
    StringBuilder text = new StringBuilder(getClass().getSimpleName()).append('(');
    values.forEach(
        (name, value) ->
            text.append(text.charAt(text.length() - 1) == '(' ? "" : ", ")
                .append(name)
                .append('=')
                .append(Values.text(value)));
    return text.append(')').toString();
  }
}
