package fluxion.conformance.faulty;

import static fluxion.conformance.faulty.WrongOperators.binary;
import static fluxion.conformance.faulty.WrongOperators.one;
import static fluxion.conformance.faulty.WrongOperators.provider;

import fluxion.api.Autograd;
import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.spi.Call;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.FunctionProvider;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.TensorSpec;
import fluxion.engine.spi.UnaryFunction;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Operators that do not refuse what is wrong, or refuse it badly; and wrong inference. */
final class CallFaults {
  private CallFaults() {}

  static List<Fault> all() {
    return List.of(
        new Fault(
            "null-fails",
            "an optional tensor that is absent is read",
            "F-505",
            "NullPointerException",
            () ->
                provider(
                    Operator.named("faulty_operator")
                        .overload(
                            "(Tensor self, Tensor other, Tensor? weight=None)",
                            Call.Ternary.class,
                            (x, y, weight) -> x.add(y).mul(Objects.requireNonNull(weight)))
                        .samples(
                            s ->
                                List.of(
                                    Operator.sample(
                                        s.tensor(2, 3), s.tensor(2, 3), s.tensor(2, 3)))))),
        new Fault(
            "wrong-shapes-taken",
            "of two tensors that do not fit the longer one is cut",
            "F-511",
            "was not refused",
            () -> provider(binary("faulty_operator", CallFaults::cut))),
        new Fault(
            "error-without-names",
            "a shape is refused without a word about it",
            "F-512",
            "names none of",
            () ->
                one(
                    x -> {
                      if (x.dim() > 2) {
                        throw new ShapeException("this cannot be done");
                      }
                      return x.mul(2);
                    })),
        new Fault(
            "error-of-java",
            "a shape is refused with an exception of Java's own",
            "F-512",
            "ArrayIndexOutOfBoundsException",
            () -> one(x -> x.mul(x.shape().toArray()[0]).div((double) x.size(0)))),
        new Fault(
            "half-changed",
            "the form in place writes before it refuses",
            "F-512",
            "changed input 0",
            CallFaults::halfChanged),
        new Fault(
            "dtype-unchecked",
            "integers fail on a cast of Java",
            "F-513",
            "ClassCastException",
            () ->
                one(
                    x -> {
                      Object category = x.dtype().isFloatingPoint() ? x.mul(2) : x.dtype();
                      return (Tensor) category;
                    })),
        new Fault(
            "number-unchecked",
            "a dimension is used as the index of an array",
            "F-514",
            "ArrayIndexOutOfBoundsException",
            () ->
                provider(
                    Operator.named("faulty_operator")
                        .overload(
                            "(Tensor self, int dim)",
                            Call.Dim.class,
                            (x, dim) -> x.mul((double) x.shape().toArray()[dim]))
                        .samples(s -> List.of(Operator.sample(s.tensor(2, 3), 1))))),
        new Fault(
            "recording-off-after-refusal",
            "recording stays off when the call is refused",
            "F-515",
            "left recording switched off",
            () ->
                one(
                    x -> {
                      var recording = Autograd.noGrad();
                      Tensor plain = x.detach().mul(2).select(0, 0).reshape(-1);
                      plain.reshape(x.dim() == 2 && x.size(0) > 2 ? -2 : plain.numel());
                      recording.close();
                      return x.mul(2);
                    })),
        new Fault(
            "infers-other-shape",
            "the inferred shape lacks the last dimension",
            "F-521",
            "infers shape",
            () -> inferring(spec -> new TensorSpec(Shape.of(), spec.dtype(), spec.device()))),
        new Fault(
            "infers-other-dtype",
            "the inferred dtype is float32 whatever the input's",
            "F-522",
            "infers dtype torch.float32",
            () -> inferring(spec -> new TensorSpec(spec.shape(), DType.FLOAT32, spec.device()))),
        new Fault(
            "infers-known-sizes-only",
            "inference looks the size up in a table that ends",
            "F-523",
            "ArrayIndexOutOfBoundsException",
            () ->
                inferring(
                    spec -> {
                      long[] known = new long[6];
                      known[Math.toIntExact(spec.shape().numel()) - 1] = 1;
                      return spec;
                    })));
  }

  private static Tensor cut(Tensor x, Tensor y) {
    boolean longer = x.dim() > 0 && y.dim() > 0 && y.size(-1) > x.size(-1) && x.size(-1) > 1;
    return x.add(longer ? y.slice(y.dim() - 1, 0, x.size(-1), 1) : y);
  }

  private static FunctionProvider halfChanged() {
    return provider(
        binary("faulty_operator", (x, y) -> x.mul(2).add(y)),
        Operator.named("faulty_operator_")
            .overload(
                "(Tensor self, Tensor other)", Call.Binary.class, (x, y) -> x.mul_(2).add_(y)));
  }

  /** 2x with an inference. */
  private record Inferring(UnaryOperator<TensorSpec> inference) implements UnaryFunction {
    @Override
    public Tensor forward(Context ctx, Tensor x) {
      return x.mul(2);
    }

    @Override
    public Tensor backward(Context ctx, Tensor g) {
      return g.mul(2);
    }

    @Override
    public Optional<TensorSpec[]> infer(@Nullable TensorSpec[] inputs) {
      return Optional.of(new TensorSpec[] {inference.apply(Objects.requireNonNull(inputs[0]))});
    }
  }

  private static FunctionProvider inferring(UnaryOperator<TensorSpec> inference) {
    return one(x -> Functions.apply(new Inferring(inference), x));
  }
}
