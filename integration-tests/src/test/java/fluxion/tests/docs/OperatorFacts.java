package fluxion.tests.docs;

import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.FluxionException;
import fluxion.api.Ops;
import fluxion.api.Tensor;
import fluxion.conformance.GradCheck;
import fluxion.conformance.TensorFunction;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.PointwiseFunction;
import fluxion.tests.support.SampleTensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an operator turns out to be when it is tried on its samples.
 *
 * @param name its name
 * @param signatures as PyTorch writes them
 * @param dtypes those of the first tensor that it takes
 * @param orders how many derivatives agree with finite differences
 * @param flat whether the derivatives are zero
 * @param view whether a result shares its memory with the first tensor
 * @param formula what it computes of float32 elements, or the empty text
 */
record OperatorFacts(
    String name,
    List<String> signatures,
    Set<DType> dtypes,
    int orders,
    boolean flat,
    boolean view,
    String formula) {

  /** Tries an operator. */
  static OperatorFacts of(Operator operator) {
    List<List<? extends @Nullable Object>> samples =
        operator.samples(new SampleTensors()).stream()
            .<List<? extends @Nullable Object>>map(Operator.Sample::arguments)
            .toList();
    return new OperatorFacts(
        operator.name(),
        operator.overloads().stream().map(overload -> overload.signature().toString()).toList(),
        dtypes(operator, samples),
        orders(operator, samples),
        operator.isFlat(),
        isView(operator, samples),
        formula(operator));
  }

  // ---- dtypes

  private static Set<DType> dtypes(
      Operator operator, List<List<? extends @Nullable Object>> samples) {
    Set<DType> taken = EnumSet.noneOf(DType.class);
    for (DType dtype : DType.values()) {
      if (samples.stream().anyMatch(sample -> takes(operator, sample, dtype))) {
        taken.add(dtype);
      }
    }
    return taken;
  }

  /** Whether an operator gives a result where the tensors like the first have another dtype. */
  private static boolean takes(
      Operator operator, List<? extends @Nullable Object> sample, DType dtype) {
    List<Tensor> tensors = tensors(sample);
    if (tensors.isEmpty()) {
      return false;
    }
    DType first = tensors.getFirst().dtype();
    List<Tensor> cast =
        tensors.stream().map(t -> t.dtype() == first ? cast(t.detach(), dtype) : t).toList();
    try {
      call(operator, sample, cast);
      return true;
    } catch (FluxionException e) {
      return false;
    }
  }

  /** A copy in another dtype; of floats the magnitude, raised by one, becomes an integer. */
  private static Tensor cast(Tensor tensor, DType dtype) {
    boolean raised = tensor.dtype().isFloatingPoint() && !dtype.isFloatingPoint();
    return (raised ? tensor.abs().add(1) : tensor.clone()).to(dtype);
  }

  // ---- derivatives

  private static int orders(Operator operator, List<List<? extends @Nullable Object>> samples) {
    if (!operator.isDifferentiable()) {
      return 0;
    }
    GradCheck check = GradCheck.DEFAULT.withName(operator.name());
    int orders = 0;
    for (List<? extends @Nullable Object> sample : samples) {
      List<Tensor> tensors = tensors(sample);
      if (tensors.stream().noneMatch(Tensor::requiresGrad)) {
        continue;
      }
      TensorFunction function = inputs -> call(operator, sample, constrained(operator, inputs));
      check.check(function, tensors);
      check.checkSecond(function, tensors);
      orders = 2;
    }
    return orders;
  }

  /** The tensors, the first of which has the property that the operator asks for. */
  private static List<Tensor> constrained(Operator operator, List<Tensor> tensors) {
    List<Tensor> all = new ArrayList<>(tensors);
    all.set(0, operator.constrain(tensors.getFirst()));
    return all;
  }

  // ---- views

  private static boolean isView(Operator operator, List<List<? extends @Nullable Object>> samples) {
    return !writes(operator)
        && samples.stream().anyMatch(sample -> isView(operator, sample, tensors(sample)));
  }

  /** Whether what is written to the first tensor shows in a result. */
  private static boolean isView(
      Operator operator, List<? extends @Nullable Object> sample, List<Tensor> tensors) {
    List<Tensor> copies = tensors.stream().map(t -> t.detach().clone()).toList();
    if (copies.isEmpty()) {
      return false;
    }
    List<Tensor> results = call(operator, sample, copies);
    List<Tensor> before = results.stream().map(Tensor::clone).toList();
    copies.getFirst().fill_(77);
    for (int i = 0; i < results.size(); i++) {
      if (!Arrays.equals(before.get(i).toDoubleArray(), results.get(i).toDoubleArray())) {
        return true;
      }
    }
    return false;
  }

  // ---- formulas

  private static String formula(Operator operator) {
    return operator.pointwise().map(OperatorFacts::formula).orElse("");
  }

  private static String formula(PointwiseFunction function) {
    DType type = DType.FLOAT32;
    try {
      function.check(type);
    } catch (DTypeException e) {
      type = DType.INT32;
    }
    Expr[] inputs = new Expr[function.inputs()];
    Expr[] scalars = new Expr[function.scalars()];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = Expr.input(i, type);
    }
    for (int i = 0; i < scalars.length; i++) {
      scalars[i] = Expr.scalar(i, type);
    }
    return function.formula().apply(inputs, scalars).toString();
  }

  // ---- calls

  private static boolean writes(Operator operator) {
    return operator.name().endsWith("_");
  }

  /** The results for other tensors; what would be written to is copied first. */
  private static List<Tensor> call(
      Operator operator, List<? extends @Nullable Object> sample, List<Tensor> tensors) {
    List<Tensor> inputs = new ArrayList<>(tensors);
    if (writes(operator)) {
      inputs.set(0, inputs.getFirst().clone());
    }
    return Ops.callAll(operator.name(), with(sample, inputs), Map.of());
  }

  private static List<Tensor> tensors(List<? extends @Nullable Object> arguments) {
    return arguments.stream().flatMap(OperatorFacts::parts).toList();
  }

  private static Stream<Tensor> parts(@Nullable Object argument) {
    return switch (argument) {
      case Tensor tensor -> Stream.of(tensor);
      case Tensor[] array -> Arrays.stream(array);
      case List<?> list -> list.stream().flatMap(OperatorFacts::parts);
      case null, default -> Stream.empty();
    };
  }

  /** The arguments with other tensors in the place of theirs. */
  private static List<@Nullable Object> with(
      List<? extends @Nullable Object> arguments, List<Tensor> tensors) {
    Iterator<Tensor> next = tensors.iterator();
    List<@Nullable Object> changed = new ArrayList<>();
    arguments.forEach(argument -> changed.add(exchanged(argument, next)));
    return changed;
  }

  private static @Nullable Object exchanged(@Nullable Object argument, Iterator<Tensor> next) {
    return switch (argument) {
      case Tensor tensor -> next.next();
      case Tensor[] array -> Arrays.stream(array).map(t -> next.next()).toList();
      case List<?> list -> {
        List<@Nullable Object> changed = new ArrayList<>();
        list.forEach(element -> changed.add(exchanged(element, next)));
        yield changed;
      }
      case null, default -> argument;
    };
  }
}
