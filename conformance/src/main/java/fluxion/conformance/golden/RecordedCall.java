package fluxion.conformance.golden;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.Device;
import fluxion.api.FormatException;
import fluxion.api.Index;
import fluxion.api.Ops;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A call as it was recorded: a function of PyTorch and its arguments in JSON.
 *
 * @param function {@code torch.X}, {@code torch.nn.functional.X}, {@code torch.linalg.X} or {@code
 *     Tensor.X}
 * @param positional the arguments by position
 * @param named the arguments by name
 */
record RecordedCall(
    String function, List<@Nullable Object> positional, Map<String, @Nullable Object> named) {
  /** What PyTorch calls parameters that have another name here. */
  private static final Map<String, String> PARAMETERS = Map.of("input", "self");

  /** Functions that share a name with another one here, and what they are called instead. */
  private static final Map<String, String> OPERATORS =
      Map.of("torch.nn.functional.unfold", "im2col");

  private static final List<String> PREFIXES =
      List.of("torch.nn.functional.", "torch.linalg.", "torch.", "Tensor.");

  /** The call that a case records. */
  static RecordedCall of(Map<String, @Nullable Object> fields) {
    return new RecordedCall(
        Json.string(fields.get("call")),
        Json.array(fields.get("args")),
        Json.object(fields.get("kwargs")));
  }

  /** The operator's name here. */
  String operator() {
    String own = OPERATORS.get(function);
    if (own != null) {
      return own;
    }
    for (String prefix : PREFIXES) {
      if (function.startsWith(prefix)) {
        String name = function.substring(prefix.length());
        return prefix.equals("torch.linalg.") ? "linalg_" + name : name;
      }
    }
    throw new FormatException("there is no function '" + function + "'");
  }

  /** Whether the call is an index expression, which is no operator here but a method. */
  boolean isIndexing() {
    return function.equals("Tensor.__getitem__");
  }

  /**
   * The results of the call here.
   *
   * @param device where the tensors are
   * @param tensors gives the tensor that an object in the arguments stands for
   */
  List<Tensor> run(Device device, Function<Map<String, @Nullable Object>, Tensor> tensors)
      throws Unsupported {
    List<@Nullable Object> arguments = new ArrayList<>();
    for (Object value : positional) {
      arguments.add(isIndexing() && !arguments.isEmpty() ? value : argument(value, tensors));
    }
    if (isIndexing()) {
      return List.of(((Tensor) arguments.get(0)).get(indices(arguments.get(1), tensors)));
    }
    Map<String, @Nullable Object> byName = new LinkedHashMap<>();
    named.forEach(
        (name, value) -> byName.put(PARAMETERS.getOrDefault(name, name), argument(value, tensors)));
    try {
      return Ops.callAll(operator(), arguments, byName);
    } catch (ArgumentException e) {
      // PyTorch takes a number for a tensor: as one without dimensions, which here is float64 or
      // int64
      if (!(arguments.get(0) instanceof Number number)) {
        throw e;
      }
      arguments.set(0, Tensors.tensor(number, TensorOptions.DEFAULT.device(device)));
      return Ops.callAll(operator(), arguments, byName);
    }
  }

  private static @Nullable Object argument(
      @Nullable Object value, Function<Map<String, @Nullable Object>, Tensor> tensors) {
    if (value instanceof List<?> list) {
      List<@Nullable Object> values = new ArrayList<>();
      list.forEach(part -> values.add(argument(part, tensors)));
      return values;
    }
    if (!(value instanceof Map<?, ?>)) {
      return value;
    }
    Map<String, @Nullable Object> object = Json.object(value);
    if (object.size() == 1 && object.containsKey("dtype")) {
      return DType.of(Json.string(object.get("dtype")));
    }
    if (object.containsKey("float")) {
      return number(Json.string(object.get("float")));
    }
    return tensors.apply(object);
  }

  /** A number that JSON has no word for. */
  static double number(String word) {
    return switch (word) {
      case "nan" -> Double.NaN;
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> throw new FormatException("'" + word + "' is no number");
    };
  }

  private static Index[] indices(
      @Nullable Object value, Function<Map<String, @Nullable Object>, Tensor> tensors)
      throws Unsupported {
    List<?> parts = value instanceof List<?> list ? list : List.of(orNewAxis(value));
    Index[] indices = new Index[parts.size()];
    for (int i = 0; i < indices.length; i++) {
      indices[i] = index(parts.get(i), tensors);
    }
    return indices;
  }

  private static Object orNewAxis(@Nullable Object value) {
    return value == null ? Map.of("new_axis", true) : value;
  }

  private static Index index(
      @Nullable Object part, Function<Map<String, @Nullable Object>, Tensor> tensors)
      throws Unsupported {
    if (part == null) {
      return Index.newAxis();
    }
    if (part instanceof Long at) {
      return Index.at(at);
    }
    if (part instanceof Map<?, ?> map) {
      if (map.containsKey("new_axis")) {
        return Index.newAxis();
      }
      if (map.containsKey("ellipsis")) {
        return Index.ellipsis();
      }
      if (map.containsKey("slice")) {
        List<@Nullable Object> bounds = Json.array(map.get("slice"));
        return Index.slice(
            bound(bounds.get(0), 0), bound(bounds.get(1), Long.MAX_VALUE), bound(bounds.get(2), 1));
      }
      return Index.of(tensors.apply(Json.object(map)));
    }
    if (part instanceof Boolean truth) {
      return Index.of(Tensors.tensor(truth.booleanValue()));
    }
    if (part instanceof List<?> list && list.stream().allMatch(Long.class::isInstance)) {
      return Index.list(list.stream().mapToLong(at -> (Long) at).toArray());
    }
    throw new Unsupported("indexing by nested lists");
  }

  private static long bound(@Nullable Object value, long otherwise) {
    return value instanceof Long given ? given : otherwise;
  }
}
