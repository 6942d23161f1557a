package fluxion.engine.registry;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.Tensor;
import fluxion.engine.spi.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values given by name, made into what a parameter takes. */
final class Arguments {
  private Arguments() {}

  /** The kinds of some arguments, as messages show them: {@code (Tensor, int, alpha=float)}. */
  static String describe(List<? extends @Nullable Object> arguments, Map<String, ?> named) {
    List<String> parts = new ArrayList<>();
    arguments.forEach(argument -> parts.add(kind(argument)));
    named.forEach((name, value) -> parts.add(name + "=" + kind(value)));
    return parts.stream().collect(Collectors.joining(", ", "(", ")"));
  }

  private static String kind(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case Tensor tensor -> "Tensor";
      case List<?> list -> "list";
      default -> value.getClass().getSimpleName();
    };
  }

  /** The value of a parameter that is not given. It has a default. */
  static @Nullable Object defaultOf(Signature.Parameter parameter) {
    String text = String.valueOf(parameter.defaultText());
    if (text.equals("None")) {
      return null;
    }
    return switch (parameter.type()) {
      case STRING -> unquoted(text);
      case DTYPE -> DType.of(text);
      case INTS, OPTIONAL_INTS, FLOATS -> text.startsWith("[") ? integers(text) : number(text);
      case BOOL -> truth(text);
      case SCALAR -> text.equals("True") || text.equals("False") ? truth(text) : number(text);
      default -> number(text);
    };
  }

  private static @Nullable Object truth(String text) {
    return switch (text) {
      case "True" -> true;
      case "False" -> false;
      default -> text;
    };
  }

  private static String unquoted(String text) {
    boolean quoted =
        text.length() > 1
            && (text.charAt(0) == '\'' || text.charAt(0) == '"')
            && text.charAt(0) == text.charAt(text.length() - 1);
    return quoted ? text.substring(1, text.length() - 1) : text;
  }

  private static List<Long> integers(String text) {
    List<Long> values = new ArrayList<>();
    for (String part : text.substring(1, text.length() - 1).split(",", -1)) {
      if (!part.isBlank()) {
        values.add(Long.parseLong(part.trim()));
      }
    }
    return values;
  }

  private static Object number(String text) {
    return switch (text) {
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      case "nan" -> Double.NaN;
      default -> isInteger(text) ? (Object) Long.parseLong(text) : Double.parseDouble(text);
    };
  }

  private static boolean isInteger(String text) {
    int first = text.startsWith("-") ? 1 : 0;
    for (int i = first; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return text.length() > first;
  }

  /**
   * A value as a parameter takes it.
   *
   * @param given the value, or null for absent
   * @param parameter the parameter as the signature has it
   * @param type its type in Java
   */
  static @Nullable Object convert(
      @Nullable Object given, Signature.Parameter parameter, Class<?> type) throws Unfit {
    if (given == null) {
      if (parameter.optional()) {
        return null;
      }
      throw new Unfit("parameter '" + parameter.name() + "' must not be absent");
    }
    Object converted =
        switch (parameter.type()) {
          case TENSOR -> given instanceof Tensor ? given : null;
          case TENSORS -> tensors(given);
          case OPTIONAL_TENSORS -> optionalTensors(given);
          case SCALAR -> scalar(given);
          case INT -> isIntegral(given) ? integer((Number) given, parameter, type) : null;
          case INTS -> integers(given, parameter, type);
          case INT_LISTS -> lists(given, parameter);
          case OPTIONAL_INTS -> optionalIntegers(given);
          case FLOATS -> floats(given);
          case FLOAT -> given instanceof Number number ? (Object) number.doubleValue() : null;
          case BOOL -> given instanceof Boolean ? given : null;
          case STRING -> given instanceof String ? given : null;
          case DTYPE -> given instanceof DType ? given : null;
        };
    if (converted == null) {
      throw new Unfit(
          "parameter '" + parameter.name() + "' takes " + parameter + ", got " + kind(given));
    }
    return converted;
  }

  private static Tensor @Nullable [] tensors(Object given) {
    if (given instanceof Tensor[] array) {
      return array;
    }
    if (given instanceof List<?> list && list.stream().allMatch(Tensor.class::isInstance)) {
      return list.toArray(new Tensor[0]);
    }
    return null;
  }

  private static @Nullable Tensor @Nullable [] optionalTensors(Object given) {
    if (given instanceof @Nullable Tensor[] array) {
      return array;
    }
    if (given instanceof List<?> list
        && list.stream().allMatch(part -> part == null || part instanceof Tensor)) {
      return list.toArray(new @Nullable Tensor[0]);
    }
    return null;
  }

  private static @Nullable Scalar scalar(Object given) {
    // no type switch: this is on the way to the first gradient, and the JVM makes a class for one
    if (given instanceof Scalar scalar) {
      return scalar;
    }
    if (given instanceof Boolean truth) {
      return Scalar.of(truth.booleanValue());
    }
    if (given instanceof Number number) {
      return isIntegral(number) ? Scalar.of(number.longValue()) : Scalar.of(number.doubleValue());
    }
    return null;
  }

  private static boolean isIntegral(@Nullable Object value) {
    return value instanceof Long
        || value instanceof Integer
        || value instanceof Short
        || value instanceof Byte;
  }

  private static Object integer(Number number, Signature.Parameter parameter, Class<?> type)
      throws Unfit {
    if (type == int.class || type == Integer.class) {
      return narrow(number.longValue(), parameter);
    }
    return number.longValue();
  }

  private static @Nullable Object integers(
      Object given, Signature.Parameter parameter, Class<?> type) throws Unfit {
    long[] values =
        switch (given) {
          case long[] longs -> longs;
          case int[] ints -> Arrays.stream(ints).asLongStream().toArray();
          case Number number when isIntegral(number) -> new long[] {number.longValue()};
          case List<?> list when list.stream().allMatch(Arguments::isIntegral) ->
              list.stream().mapToLong(value -> ((Number) value).longValue()).toArray();
          default -> null;
        };
    if (values == null || type.isAssignableFrom(long[].class)) {
      return values;
    }
    int[] narrow = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      narrow[i] = narrow(values[i], parameter);
    }
    return narrow;
  }

  private static long @Nullable [][] lists(Object given, Signature.Parameter parameter)
      throws Unfit {
    if (given instanceof long[][] lists) {
      return lists;
    }
    if (!(given instanceof List<?> list)
        || !list.stream().allMatch(part -> part instanceof List || part instanceof long[])) {
      return null;
    }
    long[][] lists = new long[list.size()][];
    for (int i = 0; i < lists.length; i++) {
      Object part = integers(list.get(i), parameter, long[].class);
      if (part == null) {
        return null;
      }
      lists[i] = (long[]) part;
    }
    return lists;
  }

  private static @Nullable Long @Nullable [] optionalIntegers(Object given) {
    return switch (given) {
      case Long[] longs -> longs;
      case Number number when isIntegral(number) -> new Long[] {number.longValue()};
      case List<?> list when list.stream().allMatch(v -> v == null || isIntegral(v)) ->
          list.stream()
              .map(v -> v == null ? null : (Long) ((Number) v).longValue())
              .toArray(Long[]::new);
      default -> null;
    };
  }

  private static double @Nullable [] floats(Object given) {
    return switch (given) {
      case double[] doubles -> doubles;
      case Number number -> new double[] {number.doubleValue()};
      case List<?> list when list.stream().allMatch(Number.class::isInstance) ->
          list.stream().mapToDouble(v -> ((Number) v).doubleValue()).toArray();
      default -> null;
    };
  }

  private static int narrow(long value, Signature.Parameter parameter) throws Unfit {
    if (value != (int) value) {
      throw new Unfit("parameter '" + parameter.name() + "' takes 32 bits, got " + value);
    }
    return (int) value;
  }
}
