package fluxion.conformance.fuzz.program;

import fluxion.api.DType;
import fluxion.api.Device;
import fluxion.api.FluxionException;
import fluxion.api.Ops;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.conformance.function.SampleTensors;
import fluxion.conformance.fuzz.Oracle;
import fluxion.engine.spi.EngineOperators;
import fluxion.engine.spi.Operator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The calls that the operators there are show with their samples. Each is tried on the reference
 * when it is first asked for.
 */
final class SampledCalls {
  /** What they give depends on how a tensor lies in memory. */
  private static final Set<String> LEFT_OUT =
      Set.of("as_strided", "as_strided_", "as_strided_scatter");

  private static final double[] PLAIN = {0.5, -1.25, 0, 2, 1, -0.5, -3, 1};
  private static final double[] SPECIAL = {
    1, Double.NaN, -0.0, Double.POSITIVE_INFINITY, 1e30, Double.NEGATIVE_INFINITY, -2
  };
  private static final double[] ZERO = {0};

  private record Key(String operator, int sample, DType dtype) {}

  private static final Map<Key, Optional<SampledCall>> TRIED = new ConcurrentHashMap<>();

  private SampledCalls() {}

  /** The operators of which there are samples, in place by those of their counterparts. */
  static List<Operator> operators() {
    return EngineOperators.installed().stream()
        .filter(operator -> !LEFT_OUT.contains(operator.name()))
        .toList();
  }

  /**
   * One of an operator's samples as a call, if it is taken and as small as a program's calls are.
   *
   * @param operator the operator
   * @param choice which of its samples, modulo their number
   * @param dtype what floating-point tensors are cast to
   */
  static Optional<SampledCall> of(Operator operator, int choice, DType dtype) {
    List<Operator.Sample> samples = samples(operator);
    if (samples.isEmpty()) {
      return Optional.empty();
    }
    int sample = choice % samples.size();
    return TRIED.computeIfAbsent(
        new Key(operator.name(), sample, dtype),
        key -> {
          try (Oracle oracle = Oracle.open()) {
            return tried(operator.name(), samples.get(sample), oracle.device(), dtype);
          }
        });
  }

  private static List<Operator.Sample> samples(Operator operator) {
    SampleTensors source = new SampleTensors(operator.name().hashCode());
    List<Operator.Sample> own = operator.samples(source);
    String name = operator.name();
    if (!own.isEmpty() || !name.endsWith("_")) {
      return own;
    }
    String counterpart = name.substring(0, name.length() - 1);
    return EngineOperators.installed().stream()
        .filter(other -> other.name().equals(counterpart))
        .findFirst()
        .map(other -> other.samples(source))
        .orElse(List.of());
  }

  private static Optional<SampledCall> tried(
      String name, Operator.Sample sample, Device device, DType dtype) {
    List<@Nullable Object> arguments = new ArrayList<>();
    for (Object argument : sample.arguments()) {
      Object plain = plain(argument, tensor -> moved(tensor, device, dtype));
      if (plain == UNKNOWN) {
        return Optional.empty();
      }
      arguments.add(plain);
    }
    List<Tensor> given = new ArrayList<>();
    Optional<List<Tensor>> results = results(name, arguments, tensor -> kept(tensor, given));
    if (results.isEmpty() || results.get().isEmpty()) {
      return Optional.empty();
    }
    List<SampledCall.Result> shapes = results.get().stream().map(SampledCall.Result::of).toList();
    boolean small =
        shapes.stream().allMatch(result -> result.shape().numel() <= Draft.MOST_ELEMENTS);
    boolean stays =
        !name.endsWith("_")
            || (arguments.getFirst() instanceof Tensor self
                && shapes.equals(List.of(SampledCall.Result.of(self))));
    if (!small || !stays) {
      return Optional.empty();
    }
    boolean free = true;
    for (double[] values : List.of(PLAIN, SPECIAL, ZERO)) {
      Optional<List<Tensor>> others = results(name, arguments, tensor -> filled(tensor, values));
      if (others.isEmpty()) {
        free = false;
      } else if (!others.get().stream().map(SampledCall.Result::of).toList().equals(shapes)) {
        // The size of a result depends on values, which are not known before a program runs.
        return Optional.empty();
      }
    }
    boolean view = results.get().stream().anyMatch(result -> Rounding.sharesMemory(result, given));
    return Optional.of(new SampledCall(name, arguments, shapes, view, free));
  }

  private static Tensor kept(Tensor tensor, List<Tensor> given) {
    Tensor clone = tensor.clone();
    given.add(clone);
    return clone;
  }

  private static Optional<List<Tensor>> results(
      String name, List<@Nullable Object> arguments, UnaryOperator<Tensor> change) {
    List<@Nullable Object> changed = new ArrayList<>();
    arguments.forEach(argument -> changed.add(plain(argument, change)));
    try {
      return Optional.of(Ops.callAll(name, changed, Map.of()));
    } catch (FluxionException e) {
      return Optional.empty();
    }
  }

  private static Tensor moved(Tensor tensor, Device device, DType dtype) {
    return tensor
        .detach()
        .to(tensor.dtype().isFloatingPoint() ? dtype : tensor.dtype())
        .to(device)
        .contiguous()
        .requiresGrad_(tensor.requiresGrad());
  }

  private static Tensor filled(Tensor tensor, double[] values) {
    if (!tensor.dtype().isFloatingPoint()) {
      return tensor.clone();
    }
    double[] all = new double[Math.toIntExact(tensor.numel())];
    Arrays.setAll(all, i -> values[i % values.length]);
    TensorOptions options = TensorOptions.of(tensor.dtype()).device(tensor.device());
    return Tensors.tensor(all, tensor.shape(), options);
  }

  // ---- arguments

  private static final Object UNKNOWN = new Object();

  /** An argument of a kind that programs have, with tensors changed; {@link #UNKNOWN} if none. */
  private static @Nullable Object plain(@Nullable Object argument, UnaryOperator<Tensor> change) {
    return switch (argument) {
      case null -> null;
      case Tensor tensor -> change.apply(tensor);
      case Tensor[] tensors -> plain(Arrays.asList(tensors), change);
      case List<?> list -> {
        List<@Nullable Object> changed = new ArrayList<>();
        list.forEach(item -> changed.add(plain(item, change)));
        boolean tensors = changed.stream().anyMatch(Tensor.class::isInstance);
        yield tensors && !changed.stream().allMatch(Tensor.class::isInstance) ? UNKNOWN : changed;
      }
      case Integer number -> (Object) number.longValue();
      case Long number -> number;
      case Double number -> number;
      case Boolean truth -> truth;
      case String text -> text;
      case DType dtype -> dtype;
      case int[] numbers -> Arrays.stream(numbers).asLongStream().boxed().toList();
      case long[] numbers -> LongStream.of(numbers).boxed().toList();
      default -> UNKNOWN;
    };
  }
}
