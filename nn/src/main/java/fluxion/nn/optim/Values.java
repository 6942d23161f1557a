package fluxion.nn.optim;

import fluxion.api.ArgumentException;
import fluxion.api.Scalar;
import fluxion.api.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The values of options and of saved state: {@link Long}, {@link Double}, {@link Boolean}, {@link
 * String}, lists of numbers, maps from integers to integers, and null.
 */
final class Values {
  private Values() {}

  /** An integer as a Long, any other number as a Double. */
  static Number number(Number value) {
    return value instanceof Integer
            || value instanceof Long
            || value instanceof Short
            || value instanceof Byte
        ? (Number) value.longValue()
        : (Number) value.doubleValue();
  }

  /** A number in whatever form a state dict has it. */
  static Number toNumber(@Nullable Object value) {
    return switch (value) {
      case Number number -> number(number);
      case Scalar scalar when scalar.isFloatingPoint() -> (Number) scalar.toDouble();
      case Scalar scalar -> (Number) scalar.toLong();
      case Tensor tensor when tensor.numel() == 1 ->
          tensor.dtype().isFloatingPoint() ? (Number) tensor.item() : (Number) tensor.itemLong();
      case null, default -> throw new ArgumentException("expected a number, found " + kind(value));
    };
  }

  /** A loaded value, which must be of the kind of the one that is there. */
  static @Nullable Object like(@Nullable Object current, @Nullable Object loaded) {
    return switch (current) {
      case Number _ -> toNumber(loaded);
      case Boolean _ when loaded instanceof Boolean -> loaded;
      case Boolean _ when loaded instanceof Scalar scalar -> scalar.toBoolean();
      case String _ when loaded == null || loaded instanceof String -> loaded;
      case List<?> _ when loaded instanceof Collection<?> list ->
          list.stream().map(Values::toNumber).toList();
      case Map<?, ?> _ when loaded instanceof Map<?, ?> map -> integers(map);
      case null -> loaded == null || loaded instanceof String ? loaded : toNumber(loaded);
      default ->
          throw new ArgumentException("expected " + kind(current) + ", found " + kind(loaded));
    };
  }

  private static Map<Long, Long> integers(Map<?, ?> map) {
    Map<Long, Long> integers = new TreeMap<>();
    map.forEach(
        (key, value) -> integers.put(toNumber(key).longValue(), toNumber(value).longValue()));
    return integers;
  }

  /** What kind of value something is, for messages. */
  static String kind(@Nullable Object value) {
    return switch (value) {
      case null -> "None";
      case Boolean _ -> "a truth value";
      case Number _ -> "a number";
      case String _ -> "a text";
      case Tensor tensor -> "a tensor of shape " + tensor.shape();
      case Collection<?> _ -> "a list";
      case Map<?, ?> _ -> "a map";
      default -> value.getClass().getSimpleName();
    };
  }

  static List<Double> doubles(Collection<?> numbers) {
    List<Double> doubles = new ArrayList<>();
    numbers.forEach(number -> doubles.add(toNumber(number).doubleValue()));
    return doubles;
  }

  /** A value as Python prints it; lists as tuples. */
  static String text(@Nullable Object value) {
    return switch (value) {
      case null -> "None";
      case Boolean truth -> truth ? "True" : "False";
      case Double number -> Scalar.of(number).toString();
      case List<?> list ->
          list.stream().map(Values::text).collect(Collectors.joining(", ", "(", ")"));
      default -> value.toString();
    };
  }
}
