package fluxion.conformance.backend;

import fluxion.api.Autograd;
import fluxion.api.DType;
import fluxion.api.Device;
import fluxion.api.FluxionException;
import fluxion.api.Ops;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.conformance.function.Arguments;
import fluxion.conformance.function.Arrangement;
import fluxion.conformance.function.Bits;
import fluxion.conformance.function.Reproducer;
import fluxion.conformance.function.SampleTensors;
import fluxion.conformance.suite.Cases;
import fluxion.conformance.suite.NotRun;
import fluxion.conformance.suite.TestOf;
import fluxion.conformance.suite.Trial;
import fluxion.engine.spi.EngineOperators;
import fluxion.engine.spi.Operator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Rules about the operators of all plugins on a device, against the reference device. */
final class OperatorRules {
  private static final long SEED = 20;

  private OperatorRules() {}

  @TestOf("B-801")
  static void b801_operators_give_the_references_results(BackendSubject subject, Cases cases) {
    for (Operator operator : EngineOperators.installed()) {
      subject.add(
          cases,
          operator.name(),
          (bench, trial) -> {
            try (EngineDevice engine = EngineDevice.of(subject)) {
              compare(engine, operator, trial, false);
            }
          });
    }
  }

  @TestOf("B-802")
  static void b802_operators_give_the_references_gradients(BackendSubject subject, Cases cases) {
    for (Operator operator : EngineOperators.installed()) {
      if (operator.isDifferentiable() && !operator.name().endsWith("_")) {
        subject.add(
            cases,
            operator.name(),
            (bench, trial) -> {
              try (EngineDevice engine = EngineDevice.of(subject)) {
                compare(engine, operator, trial, true);
              }
            });
      }
    }
  }

  private static void compare(
      EngineDevice engine, Operator operator, Trial trial, boolean gradients) {
    EngineDevice.requireCpu();
    boolean quick = trial.settings().isQuick();
    List<Operator.Sample> samples = samples(operator);
    if (samples.isEmpty()) {
      throw NotRun.because("operator '" + operator.name() + "' has no samples");
    }
    List<Arrangement> arrangements =
        quick
            ? List.of(Arrangement.CONTIGUOUS, Arrangement.STRIDED)
            : Arrays.stream(Arrangement.values())
                // of equal elements gradients cancel, or are not defined
                .filter(arrangement -> !gradients || arrangement != Arrangement.EXPANDED)
                .toList();
    boolean tried = false;
    for (DType dtype : List.of(DType.FLOAT64, DType.FLOAT32)) {
      for (int s = 0; s < samples.size() && (!quick || s < 2); s++) {
        Arguments sample = new Arguments(samples.get(s).arguments());
        if (sample.tensors().isEmpty()) {
          throw NotRun.because(
              "operator '" + operator.name() + "' takes no tensor, so no device follows from it");
        }
        for (Arrangement arrangement : arrangements) {
          if (arrangement == Arrangement.CONTIGUOUS || sample.changes(arrangement)) {
            tried |= compare(engine, operator, sample, dtype, arrangement, gradients, trial);
          }
        }
      }
    }
    if (!tried) {
      engine.require(DType.FLOAT64);
      throw NotRun.because(
          "the reference runs no sample of operator '"
              + operator.name()
              + (gradients ? "' that has a gradient" : "'"));
    }
  }

  /** An operator's samples; for one that works in place those of its counterpart, too. */
  private static List<Operator.Sample> samples(Operator operator) {
    SampleTensors source = new SampleTensors(operator.name().hashCode());
    List<Operator.Sample> own = operator.samples(source);
    if (!own.isEmpty() || !operator.name().endsWith("_")) {
      return own;
    }
    String name = operator.name().substring(0, operator.name().length() - 1);
    return EngineOperators.installed().stream()
        .filter(other -> other.name().equals(name))
        .findFirst()
        .map(other -> other.samples(source))
        .orElse(List.of());
  }

  /** Whether there was anything to compare. */
  private static boolean compare(
      EngineDevice engine,
      Operator operator,
      Arguments sample,
      DType dtype,
      Arrangement arrangement,
      boolean gradients,
      Trial trial) {
    List<Tensor> expected;
    try {
      expected = run(operator, sample, dtype, arrangement, engine.reference(), gradients, trial);
    } catch (FluxionException e) {
      // a view that this layout does not allow, or a dtype that the operator refuses
      return false;
    }
    if (dtype == DType.FLOAT64) {
      engine.require(dtype);
    }
    String what =
        "%s of %s%s, %s, in %s on '%s'"
            .formatted(
                gradients ? "the gradient" : "the result",
                operator.name(),
                sample,
                arrangement.words(),
                dtype.shortName(),
                engine.device());
    List<Tensor> found;
    try {
      found = run(operator, sample, dtype, arrangement, engine.device(), gradients, trial);
    } catch (FluxionException e) {
      engine.requireTypesOf(e);
      throw new AssertionError(what + ": the reference computes it, the device threw " + e, e);
    }
    if (expected.size() != found.size()) {
      throw new AssertionError(
          "%s: expected %d tensors, found %d".formatted(what, expected.size(), found.size()));
    }
    for (int i = 0; i < found.size(); i++) {
      if (!found.get(i).device().equals(engine.device())) {
        throw new AssertionError(what + " " + i + " is on '" + found.get(i).device() + "'");
      }
      require(what + (found.size() > 1 ? " " + i : ""), expected.get(i), found.get(i));
    }
    return !found.isEmpty();
  }

  private static List<Tensor> run(
      Operator operator,
      Arguments sample,
      DType dtype,
      Arrangement arrangement,
      Device device,
      boolean gradients,
      Trial trial) {
    boolean inPlace = operator.name().endsWith("_");
    List<Tensor> inputs = new ArrayList<>();
    for (Tensor tensor : sample.tensors()) {
      DType own = tensor.dtype().isFloatingPoint() ? dtype : tensor.dtype();
      // what is written to must not be expanded
      boolean written = inPlace && inputs.isEmpty();
      Tensor placed =
          (written && arrangement == Arrangement.EXPANDED ? Arrangement.CONTIGUOUS : arrangement)
              .of(tensor, own, device);
      inputs.add(written ? placed.detach() : placed);
    }
    List<@Nullable Object> arguments = sample.with(inputs);
    trial.reproducer(Reproducer.of(operator.name(), arguments, Map.of())::java);
    // operators that draw numbers draw the same ones
    Tensors.manualSeed(SEED);
    List<Tensor> results = Ops.callAll(operator.name(), arguments, Map.of());
    return gradients ? gradients(inputs, results) : results;
  }

  private static List<Tensor> gradients(List<Tensor> inputs, List<Tensor> results) {
    List<Tensor> variables = inputs.stream().filter(Tensor::requiresGrad).toList();
    List<Tensor> outputs = new ArrayList<>();
    List<Tensor> cotangents = new ArrayList<>();
    for (Tensor result : results) {
      if (result.requiresGrad() && result.numel() > 0) {
        int n = Math.toIntExact(result.numel());
        double[] weights = new double[n];
        for (int i = 0; i < n; i++) {
          weights[i] = 0.5 + (i * 7 % 11) / 8.0;
        }
        outputs.add(result);
        cotangents.add(
            Tensors.tensor(
                weights, result.shape(), TensorOptions.of(result.dtype()).device(result.device())));
      }
    }
    if (variables.isEmpty() || outputs.isEmpty()) {
      return List.of();
    }
    List<Tensor> found = new ArrayList<>();
    List<@Nullable Tensor> all = Autograd.grad(outputs, variables, cotangents, false, false, true);
    for (Tensor gradient : all) {
      if (gradient != null) {
        found.add(gradient);
      }
    }
    return found;
  }

  /** Compares floats within some units of the largest element, all else exactly. */
  static void require(String what, Tensor expected, Tensor found) {
    DType dtype = expected.dtype();
    if (!dtype.isFloatingPoint()
        || dtype != found.dtype()
        || !expected.shape().equals(found.shape())) {
      Optional<String> difference = Bits.difference(expected, found);
      if (difference.isPresent()) {
        throw new AssertionError(what + ": " + difference.get());
      }
      return;
    }
    double[] wanted = expected.toDoubleArray();
    double[] got = found.toDoubleArray();
    double largest = 0;
    for (double value : wanted) {
      if (Double.isFinite(value)) {
        largest = Math.max(largest, Math.abs(value));
      }
    }
    double unit = DTypes.epsilon(dtype);
    for (int i = 0; i < wanted.length; i++) {
      double allowed = 64 * unit * Math.abs(wanted[i]) + 16 * unit * largest;
      if (wanted[i] != got[i]) {
        Expect.near(what + ", element " + i, wanted[i], got[i], allowed);
      }
    }
  }

  @TestOf("B-803")
  static void b803_tensors_move_between_devices_unchanged(BackendSubject subject, Cases cases) {
    for (DType dtype : DTypes.ALL) {
      subject.add(
          cases,
          dtype.shortName(),
          (bench, trial) -> {
            try (EngineDevice engine = EngineDevice.of(subject)) {
              engine.require(dtype);
              Values values = Samples.any(trial.random(), dtype, 5, 7);
              Object array =
                  dtype.isFloatingPoint()
                      ? IntStream.range(0, 35).mapToDouble(values::real).toArray()
                      : IntStream.range(0, 35).mapToLong(values::whole).toArray();
              TensorOptions options = TensorOptions.of(dtype);
              Tensor there =
                  Tensors.tensor(array, Shape.of(5, 7), options.device(engine.reference()));
              Tensor here = there.to(engine.device());
              if (!here.device().equals(engine.device()) || here.dtype() != dtype) {
                throw new AssertionError(
                    "a tensor moved to '%s' is %s on '%s'"
                        .formatted(engine.device(), here.dtype(), here.device()));
              }
              Tensor back = here.transpose(0, 1).to(engine.reference());
              Optional<String> difference = Bits.difference(there.transpose(0, 1), back);
              if (difference.isPresent()) {
                throw new AssertionError(
                    "moved to '" + engine.device() + "' and back: " + difference.get());
              }
            }
          });
    }
  }
}
