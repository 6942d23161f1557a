package fluxion.conformance.function;

import fluxion.api.Autograd;
import fluxion.api.DType;
import fluxion.api.Device;
import fluxion.api.Plugin;
import fluxion.api.Plugins;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.conformance.budget.Budgets;
import fluxion.conformance.budget.OperatorBudget;
import fluxion.conformance.reference.ReferenceBackendProvider;
import fluxion.conformance.suite.Cases;
import fluxion.conformance.suite.NotRun;
import fluxion.conformance.suite.TestOf;
import fluxion.engine.spi.Registration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An operator's results on each device that there is, against those on the reference device. */
final class ReferenceRules {
  private static final List<DType> FEW =
      List.of(DType.FLOAT32, DType.FLOAT64, DType.INT64, DType.BOOL);

  /** What stands in the place of elements, in turn, to see what becomes of it. */
  private static final double[] SPECIAL = {
    Double.NaN,
    1.25,
    Double.POSITIVE_INFINITY,
    -0.0,
    Double.NEGATIVE_INFINITY,
    0.0,
    1e-42,
    -0.75,
    1e30
  };

  private ReferenceRules() {}

  /** Makes the inputs of a call from those of a sample. */
  @FunctionalInterface
  private interface Change {
    List<Tensor> of(Arguments sample);
  }

  /** The devices that there are, but for the reference. */
  private static List<Device> devices() {
    return Plugins.list().stream()
        .filter(plugin -> plugin.kind() == Plugin.Kind.BACKEND && plugin.isFullyUsable())
        .flatMap(plugin -> plugin.offers().stream())
        .map(Device::of)
        .filter(device -> !device.equals(ReferenceBackendProvider.DEVICE))
        .toList();
  }

  @TestOf("F-120")
  static void f120_values_are_those_of_the_reference(OperatorSubject subject, Cases cases) {
    List<DType> dtypes = cases.settings().isQuick() ? FEW : List.of(DType.values());
    for (Device device : devices()) {
      for (DType dtype : dtypes) {
        compared(
            subject,
            cases,
            device + ", " + dtype.shortName(),
            device,
            sample -> cast(sample, dtype));
      }
    }
  }

  @TestOf("F-121")
  static void f121_special_values_become_what_they_become_on_the_reference(
      OperatorSubject subject, Cases cases) {
    for (Device device : devices()) {
      for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
        compared(
            subject,
            cases,
            device + ", " + dtype.shortName(),
            device,
            sample -> special(sample, dtype));
      }
    }
  }

  /** Whole and half numbers meet, tie, and lie at most bounds, kinks and poles. */
  @TestOf("F-117")
  static void f117_values_at_singular_points_are_those_of_the_reference(
      OperatorSubject subject, Cases cases) {
    if (subject.operator().singularity().isEmpty() && subject.operator().pointwise().isEmpty()) {
      return;
    }
    for (Device device : devices()) {
      for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
        compared(
            subject,
            cases,
            device + ", " + dtype.shortName(),
            device,
            sample -> halves(sample, dtype));
      }
    }
  }

  /** Adds a case that compares each sample in each layout. */
  private static void compared(
      OperatorSubject subject, Cases cases, String name, Device device, Change change) {
    if (subject.samples().isEmpty()) {
      return;
    }
    subject.whole(
        cases,
        name,
        session -> {
          List<String> refusals = new ArrayList<>();
          boolean any = false;
          try (Registration reference = Registration.of(new ReferenceBackendProvider());
              var _ = Autograd.noGrad()) {
            if (!reference.refusal().isEmpty()) {
              throw NotRun.because("the reference is not there: " + reference.refusal());
            }
            for (Arguments sample : session.samples()) {
              any |= compare(session, sample, device, change.of(sample), refusals);
            }
          }
          if (!any && !refusals.isEmpty()) {
            throw NotRun.unsupported(refusals.getFirst());
          }
        });
  }

  /** Compares all layouts of one sample; false if the operator refuses these inputs. */
  private static boolean compare(
      Session session,
      Arguments sample,
      Device device,
      List<Tensor> inputs,
      List<String> refusals) {
    boolean any = false;
    for (Arrangement arrangement : Arrangement.values()) {
      if (arrangement != Arrangement.CONTIGUOUS && !sample.changes(arrangement)) {
        continue;
      }
      List<Tensor> placed = inputs.stream().map(t -> arrangement.of(t, t.dtype(), device)).toList();
      List<Tensor> plain =
          placed.stream()
              .map(t -> Arrangement.CONTIGUOUS.of(t, t.dtype(), ReferenceBackendProvider.DEVICE))
              .toList();
      String what =
          "'%s' on %s, %s, on %s"
              .formatted(session.subject().name(), describe(placed), arrangement.words(), device);
      Refusal expected = Refusal.of(what, () -> session.call(sample, plain));
      Refusal found = Refusal.of(what, () -> session.call(sample, placed));
      if (found.isRefused() && found.message().contains("view size is not compatible")) {
        continue;
      }
      if (found.isRefused() != expected.isRefused()) {
        throw new AssertionError(
            "%s: %s, and on the reference %s".formatted(what, outcome(found), outcome(expected)));
      }
      if (found.isRefused()) {
        refusals.add(found.message());
      } else {
        any = true;
        compare(session, what, expected.results(), found.results());
      }
    }
    return any;
  }

  private static String outcome(Refusal refusal) {
    return refusal.isRefused() ? "refused with '" + refusal.message() + "'" : "it gives a result";
  }

  private static String describe(List<Tensor> tensors) {
    return new Arguments(tensors).toString();
  }

  private static void compare(
      Session session, String what, List<Tensor> expected, List<Tensor> found) {
    for (int o = 0; o < expected.size(); o++) {
      Tensor wanted = expected.get(o);
      Tensor got = found.get(o);
      if (!wanted.shape().equals(got.shape()) || wanted.dtype() != got.dtype()) {
        throw new AssertionError(
            "%s: result %d is %s %s, and on the reference %s %s"
                .formatted(what, o, got.dtype(), got.shape(), wanted.dtype(), wanted.shape()));
      }
      compare(session, what + ": result " + o, wanted, got);
    }
  }

  private static void compare(Session session, String what, Tensor wanted, Tensor got) {
    String name = session.subject().name();
    OperatorBudget budget =
        Budgets.load()
            .operator(
                session.subject().isInPlace() ? name.substring(0, name.length() - 1) : name,
                got.dtype(),
                session.subject().settings().profile());
    double[] expected = wanted.toDoubleArray();
    double[] found = got.toDoubleArray();
    double largest =
        Arrays.stream(expected).map(Math::abs).filter(Double::isFinite).max().orElse(0);
    for (int i = 0; i < found.length; i++) {
      if (!budget.accepts(found[i], expected[i], largest)) {
        throw new AssertionError(
            "%s has element %d = %s, and on the reference %s (allowed %.3g)"
                .formatted(what, i, found[i], expected[i], budget.allowed(expected[i], largest)));
      }
    }
  }

  /** A sample's tensors with the floating-point ones among them in another dtype. */
  private static List<Tensor> cast(Arguments sample, DType dtype) {
    List<Tensor> changed = new ArrayList<>();
    for (Tensor tensor : sample.tensors()) {
      if (!tensor.dtype().isFloatingPoint() || dtype.isFloatingPoint()) {
        DType target = tensor.dtype().isFloatingPoint() ? dtype : tensor.dtype();
        changed.add(Arrangement.CONTIGUOUS.of(tensor.detach(), target, tensor.device()));
        continue;
      }
      double[] values = tensor.toDoubleArray();
      for (int k = 0; k < values.length; k++) {
        double whole = Math.rint(2 * values[k]);
        values[k] = dtype == DType.BOOL || dtype == DType.UINT8 ? Math.abs(whole) : whole;
      }
      changed.add(Arrangement.CONTIGUOUS.of(like(tensor, values), dtype, tensor.device()));
    }
    return changed;
  }

  /** A sample's tensors with the floating-point elements among them rounded to halves. */
  private static List<Tensor> halves(Arguments sample, DType dtype) {
    return replaced(sample, dtype, (value, place, input) -> Math.rint(2 * value) / 2);
  }

  /** A sample's tensors with special values in the floating-point ones among them. */
  private static List<Tensor> special(Arguments sample, DType dtype) {
    // another place in the row of values for each input, so that pairs differ
    return replaced(
        sample,
        dtype,
        (value, place, input) -> SPECIAL[(place * (2 * input + 1) + input) % SPECIAL.length]);
  }

  /** What an element becomes. */
  private interface Replacement {
    double of(double value, int place, int input);
  }

  /** A sample's tensors with other elements in the floating-point ones among them. */
  private static List<Tensor> replaced(Arguments sample, DType dtype, Replacement replacement) {
    List<Tensor> changed = new ArrayList<>();
    for (Tensor tensor : sample.tensors()) {
      if (!tensor.dtype().isFloatingPoint()) {
        changed.add(tensor);
        continue;
      }
      double[] values = tensor.toDoubleArray();
      for (int k = 0; k < values.length; k++) {
        values[k] = replacement.of(values[k], k, changed.size());
      }
      changed.add(Arrangement.CONTIGUOUS.of(like(tensor, values), dtype, tensor.device()));
    }
    return changed;
  }

  private static Tensor like(Tensor tensor, double[] values) {
    return Tensors.tensor(
        values, tensor.shape(), TensorOptions.of(DType.FLOAT64).device(tensor.device()));
  }
}
