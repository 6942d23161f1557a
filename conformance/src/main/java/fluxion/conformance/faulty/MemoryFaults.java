package fluxion.conformance.faulty;

import static fluxion.conformance.faulty.WrongOperators.bare;
import static fluxion.conformance.faulty.WrongOperators.one;
import static fluxion.conformance.faulty.WrongOperators.provider;
import static fluxion.conformance.faulty.WrongOperators.unary;

import fluxion.api.Autograd;
import fluxion.api.Tensor;
import fluxion.api.spi.Call;
import fluxion.conformance.faulty.WrongOperators.Given;
import fluxion.conformance.faulty.WrongOperators.Square;
import fluxion.engine.spi.FunctionProvider;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Layout;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.TensorSpec;
import fluxion.engine.spi.ViewFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Operators that write, share or keep memory that is not theirs, and wrong forms in place. */
final class MemoryFaults {
  /** Where one of them keeps every input that it ever saw. */
  private static final List<Tensor> KEPT = new ArrayList<>();

  private MemoryFaults() {}

  static List<Fault> all() {
    List<Fault> faults = new ArrayList<>(shared());
    faults.addAll(inPlace());
    faults.addAll(saved());
    return faults;
  }

  private static List<Fault> shared() {
    return List.of(
        new Fault(
            "input-mutated",
            "the call doubles its input, too",
            "F-123",
            "the call changed its input 0",
            () ->
                one(
                    x -> {
                      x.detach().mul_(2);
                      return x.mul(1);
                    })),
        new Fault(
            "input-mutated-in-backward",
            "the backward pass writes into the saved input",
            "F-123",
            "the backward pass changed the input 0",
            () ->
                WrongOperators.square(
                    (x, g) -> {
                      Tensor gradient = g.mul(x).mul(2);
                      x.data().mul_(3);
                      return gradient;
                    })),
        new Fault(
            "alias-as-fresh",
            "the result is the input's memory and no view",
            "F-124",
            "which is no view, reached input 0",
            () -> provider(unary("faulty_operator", Tensor::detach).notDifferentiable())),
        new Fault(
            "results-share-memory",
            "two results lie in one memory",
            "F-125",
            "reached another",
            () ->
                provider(
                    Operator.named("faulty_operator")
                        .overload(
                            "(Tensor self, int dim)",
                            Call.Unbind.class,
                            (x, dim) -> {
                              Tensor result = x.detach().mul(2);
                              return new Tensor[] {result, result.detach()};
                            })
                        .samples(s -> List.of(Operator.sample(s.tensor(2, 3), 0)))
                        .notDifferentiable())),
        new Fault(
            "given-twice",
            "an input that is given twice is taken for a square",
            "F-132",
            "when inputs 0 and 1 are one",
            () ->
                provider(
                    WrongOperators.binary(
                        "faulty_operator", (x, y) -> isSame(x, y) ? x.mul(x) : x.add(y)))),
        new Fault(
            "offset-ignored",
            "the result starts where the memory starts",
            "F-122",
            "when the inputs are at an offset",
            () -> one(x -> Functions.view(new FromStart(), x).mul(2))),
        new Fault(
            "strides-matter",
            "the last bit is another where the input is not contiguous",
            "F-122",
            "when the inputs are transposed",
            () -> one(x -> x.mul(x.isContiguous() ? 1 : 1 + 1e-15))),
        new Fault(
            "view-gradient-wrong",
            "the gradient of a view goes to other places than the view's",
            "F-201",
            "the gradient of input 0 is wrong",
            () -> one(x -> Functions.view(new Flipped(), x))));
  }

  private static boolean isSame(Object x, Object y) {
    return x == y;
  }

  /** The input's layout, moved to the start of the memory. */
  private record FromStart() implements ViewFunction {
    @Override
    public Layout layout(Layout input) {
      return Layout.of(input.shape(), input.strides(), 0);
    }
  }

  /** The transpose of a matrix, whose gradient is not transposed back but reshaped. */
  private record Flipped() implements ViewFunction {
    @Override
    public Layout layout(Layout input) {
      return input.shape().dim() == 2 ? input.transpose(0, 1) : input;
    }

    @Override
    public Tensor backward(TensorSpec input, Tensor gradOutput) {
      return gradOutput.reshape(input.shape().toArray());
    }
  }

  private static FunctionProvider both(Call.Unary inPlace) {
    return provider(unary("faulty_operator", x -> x.mul(2)), bare("faulty_operator_", inPlace));
  }

  private static List<Fault> inPlace() {
    return List.of(
        new Fault(
            "in-place-copies",
            "the form in place gives a new tensor and writes nothing",
            "F-311",
            "from the first input",
            () -> both(x -> x.mul(2))),
        new Fault(
            "in-place-version",
            "the form in place leaves the version as it was",
            "F-311",
            "left the version of its first input as it was",
            () ->
                both(
                    x -> {
                      x.data().mul_(2);
                      return x;
                    })),
        new Fault(
            "in-place-differs",
            "the form in place computes something else",
            "F-311",
            "from the result of the operator without underscore",
            () -> both(x -> x.mul_(3))),
        new Fault(
            "in-place-changes-another",
            "the form in place writes into its second input, too",
            "F-311",
            "changed another input than the first",
            () ->
                provider(
                    WrongOperators.binary("faulty_operator", (x, y) -> x.add(y)),
                    Operator.named("faulty_operator_")
                        .overload(
                            "(Tensor self, Tensor other)",
                            Call.Binary.class,
                            (x, y) -> {
                              Tensor result = x.add_(y);
                              y.detach().zero_();
                              return result;
                            }))),
        new Fault(
            "in-place-moves",
            "the result of the form in place lies elsewhere",
            "F-312",
            "after zeros were written into the result",
            () -> both(x -> x.mul_(2).mul(1))),
        new Fault(
            "in-place-gradient",
            "the form in place has another gradient",
            "F-313",
            "from that of 'faulty_operator'",
            () ->
                both(
                    x ->
                        x.copy_(
                            Functions.apply(
                                new Given(
                                    (ctx, in) -> new Tensor[] {in.mul(2)},
                                    (ctx, g) ->
                                        new Tensor[] {Objects.requireNonNull(g[0]).mul(2 + 1e-12)}),
                                x)))),
        new Fault(
            "in-place-on-a-leaf",
            "the form in place writes into leaves that require gradients",
            "F-314",
            "was not refused",
            () ->
                both(
                    x -> {
                      try (var _ = Autograd.noGrad()) {
                        return x.mul_(2);
                      }
                    })),
        new Fault(
            "in-place-signature",
            "the form in place calls its parameter otherwise",
            "F-106",
            "has no counterpart",
            () ->
                provider(
                    unary("faulty_operator", x -> x.mul(2)),
                    Operator.named("faulty_operator_")
                        .overload("(Tensor input)", Call.Unary.class, x -> x.mul_(2)))));
  }

  private static List<Fault> saved() {
    return List.of(
        new Fault(
            "input-in-a-field",
            "the input is kept beside the context, which does not see it overwritten",
            "F-321",
            "and nothing noticed",
            () ->
                one(
                    x ->
                        Functions.apply(
                            new Given(
                                (ctx, in) -> new Tensor[] {in.mul(in)},
                                (ctx, g) ->
                                    new Tensor[] {Objects.requireNonNull(g[0]).mul(x).mul(2)}),
                            x))),
        new Fault(
            "result-in-a-field",
            "the result is kept beside the context, which does not see it overwritten",
            "F-322",
            "and nothing noticed",
            MemoryFaults::resultInField),
        new Fault(
            "saved-value-given-up",
            "what backward needs is gone after the first pass, and the second fails on it",
            "F-323",
            "NullPointerException",
            MemoryFaults::givenUp),
        new Fault(
            "stale-saved-value",
            "one field keeps the input of the latest call",
            "F-324",
            "when the operator was called again in between",
            MemoryFaults::stale),
        new Fault(
            "leak",
            "every input is kept for good",
            "F-325",
            "is still held",
            () ->
                one(
                    x -> {
                      KEPT.add(x.detach());
                      return x.mul(2);
                    })));
  }

  private static Object resultInField() {
    return one(
        x -> {
          AtomicReference<@Nullable Tensor> kept = new AtomicReference<>();
          return Functions.apply(
              new Given(
                  (ctx, in) -> {
                    Tensor result = in.exp();
                    kept.set(result);
                    return new Tensor[] {result};
                  },
                  (ctx, g) ->
                      new Tensor[] {
                        Objects.requireNonNull(g[0]).mul(Objects.requireNonNull(kept.get()))
                      }),
              x);
        });
  }

  private static Object givenUp() {
    return one(
        x -> {
          AtomicReference<@Nullable Tensor> kept = new AtomicReference<>(x);
          AtomicReference<Integer> passes = new AtomicReference<>(0);
          return Functions.apply(
              new Given(
                  (ctx, in) -> new Tensor[] {in.mul(in)},
                  (ctx, g) -> {
                    Tensor in = Objects.requireNonNull(kept.get());
                    if (passes.updateAndGet(n -> n + 1) == 2) {
                      kept.set(null);
                    }
                    return new Tensor[] {Objects.requireNonNull(g[0]).mul(in).mul(2)};
                  }),
              x);
        });
  }

  private static Object stale() {
    AtomicReference<@Nullable Tensor> latest = new AtomicReference<>();
    Given function =
        new Given(
            (ctx, in) -> {
              latest.set(in);
              return new Tensor[] {in.mul(in)};
            },
            (ctx, g) ->
                new Tensor[] {
                  Objects.requireNonNull(g[0]).mul(Objects.requireNonNull(latest.get())).mul(2)
                });
    return one(x -> Functions.apply(function, x));
  }

  /** A right operator of this kind. */
  static FunctionProvider right() {
    return provider(
        unary("right_operator", x -> Functions.apply(new Square((in, g) -> g.mul(in).mul(2)), x)),
        bare("right_operator_", x -> x.mul_(x.clone())));
  }
}
