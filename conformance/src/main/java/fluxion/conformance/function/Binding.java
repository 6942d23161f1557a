package fluxion.conformance.function;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.Tensor;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.Signature;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Arguments as the method of an overload takes them, found from the signature alone: the kit's own
 * reading of it, with which the engine's is compared.
 *
 * @param overload the overload
 * @param given the positional arguments as they were given
 * @param values one value for each parameter, those left out by their defaults
 */
record Binding(
    Operator.Overload<?> overload,
    List<? extends @Nullable Object> given,
    List<@Nullable Object> values) {

  /** The first overload of an operator that takes some arguments. */
  static Optional<Binding> of(Operator operator, List<? extends @Nullable Object> arguments) {
    return operator.overloads().stream()
        .flatMap(overload -> of(overload, arguments).stream())
        .findFirst();
  }

  /** An overload with arguments, if it takes them. */
  static Optional<Binding> of(
      Operator.Overload<?> overload, List<? extends @Nullable Object> arguments) {
    List<Signature.Parameter> parameters = overload.signature().parameters();
    long positional = parameters.stream().filter(p -> !p.keywordOnly()).count();
    Class<?>[] types = method(overload).getParameterTypes();
    if (arguments.size() > positional || types.length != parameters.size()) {
      return Optional.empty();
    }
    @Nullable Object[] values = new @Nullable Object[types.length];
    for (int i = 0; i < values.length; i++) {
      Signature.Parameter parameter = parameters.get(i);
      if (i >= arguments.size() && parameter.defaultText() == null) {
        return Optional.empty();
      }
      Object value = i < arguments.size() ? arguments.get(i) : defaultOf(parameter);
      values[i] = value == null ? null : converted(value, parameter.type(), types[i]);
      if (values[i] == null && !(value == null && parameter.optional())) {
        return Optional.empty();
      }
    }
    return Optional.of(new Binding(overload, arguments, Arrays.asList(values)));
  }

  /** The one method of an overload's functional interface. */
  static Method method(Operator.Overload<?> overload) {
    return Arrays.stream(overload.call().getMethods())
        .filter(method -> Modifier.isAbstract(method.getModifiers()) && !method.isBridge())
        .findFirst()
        .orElseThrow(
            () -> new AssertionError(overload.call().getName() + " is no functional interface"));
  }

  /** The given arguments by the names of their parameters. */
  Map<String, @Nullable Object> byName() {
    Map<String, @Nullable Object> named = new LinkedHashMap<>();
    for (int i = 0; i < given.size(); i++) {
      named.put(overload.signature().parameters().get(i).name(), given.get(i));
    }
    return named;
  }

  /** Calls the implementation itself. */
  List<Tensor> invoke() throws Exception {
    try {
      Object result = method(overload).invoke(overload.implementation(), values.toArray());
      return switch (result) {
        case Tensor tensor -> List.of(tensor);
        case Tensor[] tensors -> List.of(tensors);
        case null, default -> throw new AssertionError("the implementation gave " + result);
      };
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    }
  }

  /** The default of a parameter. */
  private static @Nullable Object defaultOf(Signature.Parameter parameter) {
    String text = String.valueOf(parameter.defaultText());
    if (text.equals("None")) {
      return null;
    }
    return switch (parameter.type()) {
      case BOOL -> text.equals("True");
      case STRING -> text.substring(1, text.length() - 1);
      case DTYPE -> DType.of(text);
      case INT -> Long.parseLong(text);
      case INTS, OPTIONAL_INTS, FLOATS ->
          text.startsWith("[")
              ? Arrays.stream(text.substring(1, text.length() - 1).split(","))
                  .filter(part -> !part.isBlank())
                  .map(part -> Long.parseLong(part.strip()))
                  .toList()
              : List.of(Long.parseLong(text));
      case FLOAT -> number(text);
      case SCALAR ->
          switch (text) {
            case "True" -> true;
            case "False" -> false;
            default -> text.matches("-?\\d+") ? (Object) Long.parseLong(text) : number(text);
          };
      case TENSOR, TENSORS, OPTIONAL_TENSORS, INT_LISTS -> null;
    };
  }

  private static Double number(String text) {
    return switch (text) {
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      case "nan" -> Double.NaN;
      default -> Double.parseDouble(text);
    };
  }

  /** A value as a variable of a Java type holds it; null if it is of another kind. */
  private static @Nullable Object converted(Object value, Signature.Type kind, Class<?> type) {
    return switch (kind) {
      case TENSOR -> value instanceof Tensor ? value : null;
      case TENSORS ->
          switch (value) {
            case Tensor[] tensors -> tensors;
            case List<?> list when list.stream().allMatch(Tensor.class::isInstance) ->
                list.toArray(new Tensor[0]);
            default -> null;
          };
      case OPTIONAL_TENSORS ->
          switch (value) {
            case Tensor[] tensors -> tensors;
            case List<?> list
                when list.stream().allMatch(part -> part == null || part instanceof Tensor) ->
                list.toArray(new @Nullable Tensor[0]);
            default -> null;
          };
      case SCALAR ->
          switch (value) {
            case Scalar scalar -> scalar;
            case Boolean truth -> Scalar.of(truth.booleanValue());
            case Number number when isWhole(number) -> Scalar.of(number.longValue());
            case Number number -> Scalar.of(number.doubleValue());
            default -> null;
          };
      case INT -> isWhole(value) ? whole(((Number) value).longValue(), type) : null;
      case INTS -> integers(value, type);
      case INT_LISTS -> lists(value);
      case OPTIONAL_INTS ->
          switch (value) {
            case Long[] longs -> longs;
            case Number number when isWhole(number) -> new Long[] {number.longValue()};
            case List<?> list when list.stream().allMatch(v -> v == null || isWhole(v)) ->
                list.stream()
                    .map(v -> v == null ? null : (Long) ((Number) v).longValue())
                    .toArray(Long[]::new);
            default -> null;
          };
      case FLOATS ->
          switch (value) {
            case double[] doubles -> doubles;
            case Number number -> new double[] {number.doubleValue()};
            case List<?> list when list.stream().allMatch(Number.class::isInstance) ->
                list.stream().mapToDouble(v -> ((Number) v).doubleValue()).toArray();
            default -> null;
          };
      case FLOAT -> value instanceof Number number ? (Object) number.doubleValue() : null;
      case BOOL -> value instanceof Boolean ? value : null;
      case STRING -> value instanceof String ? value : null;
      case DTYPE -> value instanceof DType ? value : null;
    };
  }

  private static long @Nullable [][] lists(Object value) {
    if (!(value instanceof List<?> list) || !list.stream().allMatch(List.class::isInstance)) {
      return null;
    }
    long[][] lists = new long[list.size()][];
    for (int i = 0; i < lists.length; i++) {
      if (!(integers(list.get(i), long[].class) instanceof long[] one)) {
        return null;
      }
      lists[i] = one;
    }
    return lists;
  }

  private static boolean isWhole(@Nullable Object value) {
    return value instanceof Long
        || value instanceof Integer
        || value instanceof Short
        || value instanceof Byte;
  }

  private static Object whole(long value, Class<?> type) {
    if (type == int.class || type == Integer.class) {
      return Math.toIntExact(value);
    }
    return value;
  }

  private static @Nullable Object integers(Object value, Class<?> type) {
    long[] longs =
        switch (value) {
          case long[] given -> given;
          case int[] given -> Arrays.stream(given).asLongStream().toArray();
          case Number number when isWhole(number) -> new long[] {number.longValue()};
          case List<?> list when list.stream().allMatch(Binding::isWhole) ->
              list.stream().mapToLong(item -> ((Number) item).longValue()).toArray();
          default -> null;
        };
    return longs == null || type.isAssignableFrom(long[].class)
        ? longs
        : Arrays.stream(longs).mapToInt(Math::toIntExact).toArray();
  }
}
