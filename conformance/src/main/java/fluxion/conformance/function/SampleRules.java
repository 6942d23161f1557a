package fluxion.conformance.function;

import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.conformance.GradCheck;
import fluxion.conformance.suite.Cases;
import fluxion.conformance.suite.TestOf;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** The samples on which an operator is tried: what they must be for a verdict to mean something. */
final class SampleRules {
  /** Half the reach of the finite differences. */
  private static final double STEP = 1e-4;

  private SampleRules() {}

  @TestOf("F-110")
  static void f110_samples_are_the_same_each_time(OperatorSubject subject, Cases cases) {
    cases.add(
        "made twice",
        trial -> {
          if (!subject.sampleFailure().isEmpty()) {
            throw new AssertionError(
                "the samples of '"
                    + subject.name()
                    + "' cannot be made: "
                    + subject.sampleFailure());
          }
          List<Arguments> once = subject.freshSamples(subject.operator());
          List<Arguments> again = subject.freshSamples(subject.operator());
          requireSame(subject.name(), once, again);
        });
  }

  private static void requireSame(String name, List<Arguments> once, List<Arguments> again) {
    String complaint =
        "the samples of '" + name + "' are others each time; take random values from the source";
    if (once.size() != again.size()) {
      throw new AssertionError(complaint + ": " + once.size() + " and then " + again.size());
    }
    for (int i = 0; i < once.size(); i++) {
      if (!once.get(i).toString().equals(again.get(i).toString())) {
        throw new AssertionError(complaint + ": " + once.get(i) + " and then " + again.get(i));
      }
      Gradients.requireSame(
          "tensor of sample " + i,
          once.get(i).tensors(),
          again.get(i).tensors(),
          "though nothing else did (" + complaint + ")");
    }
  }

  @TestOf("F-111")
  static void f111_a_differentiable_operator_has_samples(OperatorSubject subject, Cases cases) {
    if (!subject.sampleFailure().isEmpty() || !subject.samples().isEmpty()) {
      return;
    }
    if (!subject.operator().isDifferentiable()) {
      cases.notRun("its samples", "operator '" + subject.name() + "' has no samples");
      return;
    }
    cases.add(
        "its samples",
        trial -> {
          throw new AssertionError(
              "operator '"
                  + subject.name()
                  + "' is differentiable but has no samples, so nothing tells whether its gradient"
                  + " is right; give it some with Operator.samples, or call notDifferentiable()");
        });
  }

  @TestOf("F-112")
  static void f112_some_sample_is_not_square(OperatorSubject subject, Cases cases) {
    if (subject.samples().isEmpty()) {
      return;
    }
    cases.add(
        "its shapes",
        trial -> {
          List<Tensor> matrices =
              subject.samples().stream()
                  .flatMap(sample -> sample.tensors().stream())
                  .filter(tensor -> tensor.dim() >= 2)
                  .toList();
          if (!matrices.isEmpty() && matrices.stream().allMatch(SampleRules::isSquare)) {
            throw new AssertionError(
                "all samples of '"
                    + subject.name()
                    + "' are square, where rows and columns that are mixed up do not show: "
                    + subject.samples());
          }
        });
  }

  private static boolean isSquare(Tensor tensor) {
    return IntStream.range(1, tensor.dim()).allMatch(d -> tensor.size(d) == tensor.size(0));
  }

  @TestOf("F-113")
  static void f113_samples_keep_away_from_kinks(OperatorSubject subject, Cases cases) {
    if (!subject.hasSlopes()) {
      return;
    }
    subject.each(
        cases,
        "slopes to the left and to the right",
        (session, sample) -> {
          if (session.isDifferentiable(sample)) {
            compareSides(session, sample);
          }
        });
  }

  /** Compares the slopes on both sides, each element moving up or down by the same step. */
  private static void compareSides(Session session, Arguments sample) {
    List<Tensor> inputs = Session.copies(sample);
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < inputs.size(); i++) {
      if (!inputs.get(i).requiresGrad()) {
        continue;
      }
      double[] signs = new double[Math.toIntExact(inputs.get(i).numel())];
      for (int k = 0; k < signs.length; k++) {
        signs[k] = random.nextBoolean() ? 1 : -1;
      }
      List<double[]> ahead = moved(session, sample, inputs, i, signs, STEP);
      List<double[]> here = moved(session, sample, inputs, i, signs, 0);
      List<double[]> behind = moved(session, sample, inputs, i, signs, -STEP);
      for (int o = 0; o < here.size(); o++) {
        compareSides(i, o, behind.get(o), here.get(o), ahead.get(o));
      }
    }
  }

  private static void compareSides(
      int input, int output, double[] behind, double[] here, double[] ahead) {
    for (int j = 0; j < here.length; j++) {
      double left = (here[j] - behind[j]) / STEP;
      double right = (ahead[j] - here[j]) / STEP;
      // smooth functions differ by the step times their second derivative
      double allowed = 0.05 * (1 + Math.abs(left) + Math.abs(right));
      if (!(Math.abs(left - right) <= allowed)) {
        throw new AssertionError(
            "element %d of result %d has slope %.6g on one side of input %d and %.6g on the other;"
                    .formatted(j, output, left, input, right)
                + " the sample lies at a kink or a pole, where differences say nothing. Choose"
                + " other values.");
      }
    }
  }

  private static List<double[]> moved(
      Session session,
      Arguments sample,
      List<Tensor> inputs,
      int input,
      double[] signs,
      double step) {
    double[] values = inputs.get(input).toDoubleArray();
    for (int k = 0; k < values.length; k++) {
      values[k] += step * signs[k];
    }
    List<Tensor> changed = new ArrayList<>(inputs);
    Tensor before = inputs.get(input);
    changed.set(
        input,
        Tensors.tensor(
            values, before.shape(), TensorOptions.of(before.dtype()).requiresGrad(true)));
    return session.call(sample, changed).stream()
        .filter(Tensor::requiresGrad)
        .map(Tensor::toDoubleArray)
        .toList();
  }

  @TestOf("F-114")
  static void f114_a_wrong_gradient_would_show_in_some_sample(
      OperatorSubject subject, Cases cases) {
    if (!subject.hasSlopes() || subject.samples().isEmpty()) {
      return;
    }
    subject.whole(
        cases,
        "its samples",
        session -> {
          List<String> reasons = new ArrayList<>();
          for (Arguments sample : session.samples()) {
            if (session.isDifferentiable(sample) && shows(session, sample, reasons)) {
              return;
            }
          }
          throw new AssertionError(
              "operator '%s' has no sample at which a wrong gradient would show: %s"
                  .formatted(subject.name(), reasons));
        });
  }

  private static boolean shows(Session session, Arguments sample, List<String> reasons) {
    List<Tensor> inputs = new ArrayList<>(Session.copies(sample));
    OperatorSubject subject = session.subject();
    if (subject.isInPlace() && subject.counterpart().isEmpty()) {
      // it may overwrite its first input, of which nothing is left
      inputs.set(0, inputs.getFirst().detach());
    }
    if (inputs.stream().noneMatch(t -> t.requiresGrad() && t.numel() > 0)) {
      return false;
    }
    try {
      GradCheck.DEFAULT
          .withName(subject.name())
          .refusingBlindPoints()
          .check(session.function(sample), inputs);
      return true;
    } catch (AssertionError e) {
      reasons.add(String.valueOf(e.getMessage()));
      return false;
    }
  }
}
