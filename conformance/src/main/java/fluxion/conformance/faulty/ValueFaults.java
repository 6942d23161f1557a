package fluxion.conformance.faulty;

import static fluxion.conformance.faulty.WrongOperators.bare;
import static fluxion.conformance.faulty.WrongOperators.binary;
import static fluxion.conformance.faulty.WrongOperators.one;
import static fluxion.conformance.faulty.WrongOperators.provider;
import static fluxion.conformance.faulty.WrongOperators.unary;

import fluxion.api.Autograd;
import fluxion.api.DType;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import fluxion.api.spi.Call;
import fluxion.conformance.faulty.WrongOperators.Given;
import fluxion.conformance.faulty.WrongOperators.Square;
import fluxion.conformance.reference.ReferenceBackendProvider;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.SingularPoints;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** Operators that are wrong for some shapes, dtypes, times or threads; and samples that hide it. */
final class ValueFaults {
  /** Room that one of them uses for its intermediate values, whatever thread runs it. */
  private static final double[] SCRATCH = new double[64];

  /** What another keeps for its backward pass. */
  private static final ThreadLocal<AtomicReference<Tensor>> OF_THREAD = new ThreadLocal<>();

  private ValueFaults() {}

  static List<Fault> all() {
    List<Fault> faults = new ArrayList<>(elements());
    faults.addAll(times());
    faults.addAll(samples());
    return faults;
  }

  private static List<Fault> elements() {
    return List.of(
        new Fault(
            "wrong-without-dimensions",
            "a tensor without dimensions gives another value",
            "F-126",
            "when the tensors have no dimensions",
            () -> one(x -> x.mul(x.dim() == 0 ? 3 : 2))),
        new Fault(
            "wrong-for-size-1",
            "a matrix of one row counts as a row, and gives another value",
            "F-127",
            "when the tensors have shape [1,",
            () -> one(x -> x.mul(x.dim() == 2 && x.size(0) == 1 ? 3 : 2))),
        new Fault(
            "wrong-for-empty",
            "a tensor without elements gives one element",
            "F-128",
            "the result has shape [1]",
            () -> one(x -> x.numel() == 0 ? x.sum().reshape(1) : x.mul(2))),
        new Fault(
            "wrong-in-float32",
            "float32 gives another value than float64",
            "F-129",
            "result 0 in torch.float32",
            () -> one(x -> x.mul(x.dtype() == DType.FLOAT32 ? 2.01 : 2))),
        new Fault(
            "accumulates-in-16-bits",
            "a sum of 16-bit floats is kept in 16 bits all along",
            "F-130",
            "result 0 in torch.",
            () ->
                provider(
                    bare("faulty_operator", ValueFaults::halfSum)
                        .samples(s -> List.of(Operator.sample(s.uniform(0.5, 2, 30, 40)))))),
        new Fault(
            "bools-count-as-2",
            "true counts as 2",
            "F-131",
            "the result in torch.bool",
            () ->
                one(
                    x ->
                        x.dtype() == DType.BOOL
                            ? x.to(DType.FLOAT32).mul(2).sqrt()
                            : x.mul(x).sqrt())),
        new Fault(
            "recording-changes-values",
            "the value is another where the input requires a gradient",
            "F-133",
            "when no input requires a gradient",
            () -> one(x -> x.mul(x.requiresGrad() ? 2 : 2 + 1e-12))));
  }

  /** The sum of all elements, rounded to the dtype at each step. */
  private static Tensor halfSum(Tensor x) {
    if (x.dtype().bytes() > 2) {
      return x.sum();
    }
    Tensor flat = x.reshape(-1);
    Tensor sum = flat.select(0, 0);
    for (long i = 1; i < flat.numel(); i++) {
      sum = sum.add(flat.select(0, i));
    }
    return sum;
  }

  private static List<Fault> times() {
    return List.of(
        new Fault(
            "counts-its-calls",
            "each call gives a slightly larger value",
            "F-401",
            "in call 2 on equal inputs",
            () -> {
              AtomicLong calls = new AtomicLong();
              return one(x -> x.mul(1 + 1e-12 * calls.incrementAndGet()));
            }),
        new Fault(
            "depends-on-identity",
            "the value depends on the tensor's identity hash code",
            "F-401",
            "on equal inputs",
            () -> one(x -> x.mul(1 + 1e-15 * (System.identityHashCode(x) & 0xFFFFFF)))),
        new Fault(
            "depends-on-time",
            "the value depends on the time of day",
            "F-401",
            "on equal inputs",
            () -> one(x -> x.mul(1 + 1e-15 * (System.nanoTime() & 0xFFFFFF)))),
        new Fault(
            "shared-scratch",
            "intermediate values lie in an array that all threads share",
            "F-402",
            "threads call it at once",
            () ->
                provider(
                    unary("faulty_operator", ValueFaults::throughScratch).notDifferentiable())),
        new Fault(
            "saved-in-a-thread-local",
            "what backward needs is kept by the thread that ran forward",
            "F-403",
            "NullPointerException",
            ValueFaults::threadLocal),
        new Fault(
            "draws-random-numbers",
            "each call draws a number from the generator",
            "F-404",
            "drew random numbers from the generator",
            () -> one(x -> x.add(Tensors.rand(1).mul(0).item()))),
        new Fault(
            "recording-left-off",
            "the call leaves recording switched off",
            "F-405",
            "switched recording off",
            () ->
                one(
                    x -> {
                      Autograd.setGradEnabled(false);
                      return x.mul(2);
                    })));
  }

  /** Twice each element, through the shared array. */
  private static Tensor throughScratch(Tensor x) {
    double[] values = x.toDoubleArray();
    for (int i = 0; i < values.length; i++) {
      SCRATCH[i] = 2 * values[i];
    }
    // the time in which another thread comes, however few cores there are
    LockSupport.parkNanos(2_000_000);
    for (int i = 0; i < values.length; i++) {
      values[i] = SCRATCH[i];
      SCRATCH[i] = Double.NaN;
    }
    return Tensors.tensor(
        values, x.shape(), fluxion.api.TensorOptions.of(x.dtype()).device(x.device()));
  }

  private static Object threadLocal() {
    Given function =
        new Given(
            (ctx, in) -> {
              OF_THREAD.set(new AtomicReference<>(in));
              return new Tensor[] {in.mul(in)};
            },
            (ctx, g) -> {
              Tensor in = Objects.requireNonNull(OF_THREAD.get()).get();
              return new Tensor[] {Objects.requireNonNull(g[0]).mul(in).mul(2)};
            });
    return one(x -> Functions.apply(function, x));
  }

  private static List<Fault> samples() {
    return List.of(
        new Fault(
            "samples-random",
            "the samples are others each time",
            "F-110",
            "take random values from the source",
            () ->
                provider(
                    bare("faulty_operator", x -> x.mul(2))
                        .samples(
                            s ->
                                List.of(
                                    Operator.sample(
                                        s.tensor(2, 3)
                                            .detach()
                                            .mul(new SplittableRandom().nextDouble())))))),
        new Fault(
            "samples-fail",
            "making the samples throws",
            "F-110",
            "cannot be made",
            () ->
                provider(
                    bare("faulty_operator", x -> x.mul(2))
                        .samples(
                            s -> {
                              throw new IllegalStateException("no samples today");
                            }))),
        new Fault(
            "samples-missing",
            "a differentiable operator has no samples",
            "F-111",
            "has no samples",
            () -> provider(bare("faulty_operator", x -> x.mul(2)))),
        new Fault(
            "samples-square",
            "all samples are square",
            "F-112",
            "are square",
            () ->
                provider(
                    bare("faulty_operator", x -> x.mul(2))
                        .samples(s -> List.of(Operator.sample(s.tensor(3, 3)))))),
        new Fault(
            "samples-at-a-kink",
            "the samples lie where |x| has its kink",
            "F-113",
            "lies at a kink or a pole",
            () ->
                provider(
                    bare("faulty_operator", Tensor::abs)
                        .samples(s -> List.of(Operator.sample(s.uniform(0, 1e-9, 2, 3)))))),
        new Fault(
            "samples-blind",
            "all derivatives are tiny at the samples",
            "F-114",
            "no sample at which a wrong gradient would show",
            () -> one(x -> x.mul(1e-9))),
        new Fault(
            "gradient-wrong-near-zero",
            "the gradient of x² is wrong within 0.1 of 0, where samples never are",
            "F-115",
            "the gradient of input 0 is wrong",
            () ->
                provider(
                    bare("faulty_operator", x -> Functions.apply(new Square(ValueFaults::far), x))
                        .samples(s -> List.of(Operator.sample(s.tensor(4, 5)))))),
        new Fault(
            "singular-everywhere",
            "every point is declared singular",
            "F-116",
            "declares",
            () ->
                provider(
                    bare("faulty_operator", x -> x.mul(2))
                        .samples(s -> List.of(Operator.sample(s.tensor(2, 3))))
                        .singularAt(sample -> true))),
        new Fault(
            "value-wrong-at-zero",
            "the value at 0, which is declared singular, is 1 on all devices but the reference",
            "F-117",
            "and on the reference",
            () ->
                provider(
                    bare("faulty_operator", ValueFaults::oneAtZero)
                        .samples(s -> List.of(Operator.sample(s.uniform(-0.7, 0.7, 2, 3))))
                        .singularAt(SingularPoints.at(0)))),
        new Fault(
            "name-in-capitals",
            "the name has a capital letter",
            "F-101",
            "is not written in lower-case letters",
            () -> provider(unary("faultyOperator", x -> x.mul(2)))),
        new Fault(
            "overload-without-sample",
            "no sample can be given to the second overload",
            "F-104",
            "so nothing tries it",
            () ->
                provider(
                    binary("faulty_operator", (x, y) -> x.add(y))
                        .overload(
                            "(Tensor self, Scalar other)",
                            Call.BinaryScalar.class,
                            (x, y) -> x.add(y.toDouble())))));
  }

  /** |x|, but for 0. */
  private static Tensor oneAtZero(Tensor x) {
    boolean right = x.device().equals(ReferenceBackendProvider.DEVICE);
    return right ? x.abs() : x.abs().maskedFill(x.detach().eq(0), 1);
  }

  /** The gradient of x², but for 0 where x is near 0. */
  private static Tensor far(Tensor x, Tensor g) {
    return g.mul(x).mul(2).mul(x.detach().abs().gt(0.1).to(x.dtype()));
  }
}
