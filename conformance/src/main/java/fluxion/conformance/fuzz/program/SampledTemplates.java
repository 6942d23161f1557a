package fluxion.conformance.fuzz.program;

import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.engine.spi.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Calls of any operator that there is, as its own samples have it, on what the program has computed
 * where the operator takes any values.
 */
final class SampledTemplates {
  private static final DType[] DTYPES = {
    DType.FLOAT32, DType.FLOAT64, DType.FLOAT32, DType.FLOAT64, DType.FLOAT16, DType.BFLOAT16
  };

  private SampledTemplates() {}

  static List<Template> outOfPlace() {
    return List.of(draft -> add(draft, false));
  }

  static List<Template> inPlace() {
    return List.of(draft -> add(draft, true));
  }

  private static void add(Draft draft, boolean inPlace) {
    List<Operator> operators =
        SampledCalls.operators().stream()
            .filter(operator -> operator.name().endsWith("_") == inPlace)
            .toList();
    int choice = draft.below(256) << 8 | draft.below(256);
    Operator operator = operators.get(choice % operators.size());
    DType dtype = draft.pick(DTYPES);
    Optional<SampledCall> call = SampledCalls.of(operator, draft.below(256), dtype);
    if (call.isEmpty()) {
      return;
    }
    if (inPlace) {
      write(draft, call.get());
    } else {
      compute(draft, call.get());
    }
  }

  private static void compute(Draft draft, SampledCall call) {
    List<Argument> arguments = arguments(draft, call, 0);
    int result = draft.below(Math.min(call.results().size(), 256));
    draft.sampled(call, arguments, result);
  }

  private static void write(Draft draft, SampledCall call) {
    if (!(call.arguments().getFirst() instanceof Tensor self)) {
      return;
    }
    List<Argument> arguments = arguments(draft, call, 1);
    Optional<Known> there =
        draft.any(
            known ->
                known.writable()
                    && known.dtype() == self.dtype()
                    && known.shape().equals(self.shape()));
    Known target =
        call.free() && there.isPresent()
            ? there.get()
            : draft.leaf(self.shape(), self.dtype(), values(self), false);
    draft.sampledInPlace(call, target, arguments);
  }

  private static List<Argument> arguments(Draft draft, SampledCall call, int from) {
    List<Argument> arguments = new ArrayList<>();
    List<? extends @Nullable Object> given = call.arguments();
    for (Object argument : given.subList(from, given.size())) {
      arguments.add(argument(draft, argument, call.free()));
    }
    return arguments;
  }

  private static Argument argument(Draft draft, @Nullable Object argument, boolean free) {
    if (argument instanceof Tensor tensor) {
      return Draft.slot(like(draft, tensor, free));
    }
    if (argument instanceof List<?> list && !list.isEmpty() && list.getFirst() instanceof Tensor) {
      List<Integer> slots = new ArrayList<>();
      list.forEach(item -> slots.add(like(draft, (Tensor) item, free).slot()));
      return new Argument.Slots(slots);
    }
    return Draft.value(argument);
  }

  /** A tensor of a shape and dtype: made of one that there is, or of the sample's values. */
  private static Known like(Draft draft, Tensor tensor, boolean free) {
    Shape shape = tensor.shape();
    // Where the sample needs no gradient the operator may refuse one.
    boolean differentiated = tensor.requiresGrad();
    if (differentiated && free && draft.below(3) > 0) {
      Optional<Known> there =
          draft.any(known -> known.isFloat() && known.shape().numel() >= shape.numel());
      if (there.isPresent() && shape.dim() <= Draft.MOST_DIMS) {
        return fitted(draft, there.get(), shape, tensor.dtype());
      }
    }
    return draft.leaf(shape, tensor.dtype(), values(tensor), differentiated && draft.flip());
  }

  private static double[] values(Tensor tensor) {
    return tensor.detach().to(DType.FLOAT64).toDoubleArray();
  }

  private static Known fitted(Draft draft, Known from, Shape shape, DType dtype) {
    Known known = from;
    if (known.dtype() != dtype) {
      draft.call("to", known.shape(), dtype, Draft.slot(known), Draft.value(dtype));
      known = draft.last();
    }
    if (known.shape().equals(shape)) {
      return known;
    }
    long count = shape.numel();
    draft.view("flatten", known, Shape.of(known.shape().numel()));
    draft.view(
        "narrow",
        draft.last(),
        Shape.of(count),
        Draft.value(0),
        Draft.value(0),
        Draft.value(count));
    List<Long> sizes = new ArrayList<>();
    for (long size : shape.toArray()) {
      sizes.add(size);
    }
    draft.view("reshape", draft.last(), shape, Draft.value(sizes));
    return draft.last();
  }
}
