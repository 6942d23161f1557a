package fluxion.nn.internal;

import fluxion.api.Scalar;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values as Python prints them. */
public final class Texts {
  private Texts() {}

  /**
   * {@return a truth value}
   *
   * @param value the value
   */
  public static String of(boolean value) {
    return value ? "True" : "False";
  }

  /**
   * {@return a float}
   *
   * @param value the value
   */
  public static String of(double value) {
    return Scalar.of(value).toString();
  }

  /**
   * {@return a float, or None}
   *
   * @param value the value
   */
  public static String orNone(@Nullable Double value) {
    return value == null ? "None" : of(value);
  }

  /**
   * {@return an integer if it is one, else a float}
   *
   * @param value the value
   */
  public static String shortest(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? Long.toString((long) value)
        : of(value);
  }

  /**
   * {@return a tuple}
   *
   * @param values the values
   */
  public static String tuple(List<? extends @Nullable Object> values) {
    return values.stream()
        .map(value -> value == null ? "None" : value.toString())
        .collect(Collectors.joining(", ", "(", values.size() == 1 ? ",)" : ")"));
  }

  /**
   * {@return one number, or a tuple of several}
   *
   * @param values the values
   */
  public static String sizes(List<? extends @Nullable Object> values) {
    return values.size() == 1 ? String.valueOf(values.get(0)) : tuple(values);
  }
}
