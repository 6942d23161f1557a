package fluxion.conformance.function;

import fluxion.api.Autograd;
import fluxion.api.Tensor;
import fluxion.conformance.GradCheck;
import fluxion.conformance.suite.Cases;
import fluxion.conformance.suite.TestOf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What gradients are: their values, and which results have one. */
final class GradientRules {
  /** How many random directions are tried at quick effort, and at full. */
  private static final int FEW = 2;

  private static final int MANY = 8;

  private GradientRules() {}

  /** How the tensors lie that are differentiated. */
  private static List<Arrangement> arrangements(Cases cases) {
    return cases.settings().isQuick()
        ? List.of(Arrangement.CONTIGUOUS)
        : List.of(Arrangement.values());
  }

  /** Indices are not expanded: places that are written twice keep the last, and have no slope. */
  private static List<Tensor> lying(Arguments sample, Arrangement arrangement) {
    return sample.tensors().stream()
        .map(
            tensor ->
                arrangement == Arrangement.EXPANDED && !tensor.requiresGrad()
                    ? Arrangement.CONTIGUOUS.of(tensor)
                    : arrangement.of(tensor))
        .toList();
  }

  private static GradCheck check(OperatorSubject subject) {
    return GradCheck.DEFAULT.withName(subject.name());
  }

  /** Adds a case an arrangement. */
  private static void differentiated(OperatorSubject subject, Cases cases, boolean second) {
    if (!subject.operator().isDifferentiable()) {
      return;
    }
    for (Arrangement arrangement : arrangements(cases)) {
      subject.each(
          cases,
          "float64, " + arrangement.words(),
          (session, sample) -> {
            if (session.isDifferentiable(sample)
                && (arrangement == Arrangement.CONTIGUOUS
                    || (sample.changes(arrangement)
                        && !session.refusesLayout(sample, arrangement)))) {
              List<Tensor> inputs = lying(sample, arrangement);
              // Expanded tensors hold equal elements, which may be where there is no derivative.
              if (arrangement == Arrangement.EXPANDED
                  && subject.isSingular(new Arguments(sample.with(inputs)))) {
                return;
              }
              if (second) {
                check(subject).checkSecond(session.function(sample), inputs);
              } else {
                check(subject).check(session.function(sample), inputs);
              }
            }
          });
    }
  }

  @TestOf("F-201")
  static void f201_gradients_are_right(OperatorSubject subject, Cases cases) {
    differentiated(subject, cases, false);
  }

  @TestOf("F-202")
  static void f202_second_derivatives_are_right(OperatorSubject subject, Cases cases) {
    differentiated(subject, cases, true);
  }

  @TestOf("F-203")
  static void f203_gradients_are_right_along_any_direction(OperatorSubject subject, Cases cases) {
    if (!subject.operator().isDifferentiable()) {
      return;
    }
    int directions = cases.settings().isQuick() ? FEW : MANY;
    GradCheck along =
        check(subject).withJacobianUpTo(0).withDirections(directions, 1 + cases.settings().seed());
    subject.each(
        cases,
        directions + " random directions",
        (session, sample) -> {
          if (session.isDifferentiable(sample)) {
            along.check(session.function(sample), Session.copies(sample));
            along.checkSecond(session.function(sample), Session.copies(sample));
          }
        });
  }

  @TestOf("F-204")
  static void f204_a_flat_operator_has_gradients_of_zero(OperatorSubject subject, Cases cases) {
    if (!subject.operator().isDifferentiable() || !subject.operator().isFlat()) {
      return;
    }
    subject.each(
        cases,
        "gradients",
        (session, sample) -> {
          List<Tensor> inputs = Session.copies(sample);
          for (Tensor gradient :
              Gradients.there(Gradients.of(inputs, session.call(sample, inputs)))) {
            requireZero("a gradient of an operator that is declared flat", gradient);
          }
        });
  }

  /** Asks for zeros, of either sign. */
  static void requireZero(String what, Tensor tensor) {
    double[] values = tensor.toDoubleArray();
    for (int i = 0; i < values.length; i++) {
      if (!(values[i] == 0)) {
        throw new AssertionError(what + " has element " + i + " = " + values[i] + ", not 0");
      }
    }
  }

  @TestOf("F-205")
  static void f205_gradients_have_their_inputs_shape_and_dtype(
      OperatorSubject subject, Cases cases) {
    if (!subject.operator().isDifferentiable()) {
      return;
    }
    subject.each(
        cases,
        "each input",
        (session, sample) -> {
          List<Tensor> inputs = Session.copies(sample);
          List<@Nullable Tensor> gradients = Gradients.of(inputs, session.call(sample, inputs));
          List<Tensor> wanted = Gradients.differentiable(inputs);
          for (int i = 0; i < gradients.size(); i++) {
            Tensor gradient = gradients.get(i);
            if (gradient != null) {
              requireAlike(i, wanted.get(i), gradient);
            }
          }
        });
  }

  private static void requireAlike(int input, Tensor of, Tensor gradient) {
    if (!gradient.shape().equals(of.shape())
        || gradient.dtype() != of.dtype()
        || !gradient.device().equals(of.device())) {
      throw new AssertionError(
          "the gradient of input %d is %s %s on %s, the input %s %s on %s"
              .formatted(
                  input,
                  gradient.dtype(),
                  gradient.shape(),
                  gradient.device(),
                  of.dtype(),
                  of.shape(),
                  of.device()));
    }
  }

  @TestOf("F-206")
  static void f206_each_gradient_is_the_same_by_itself(OperatorSubject subject, Cases cases) {
    if (!subject.operator().isDifferentiable()) {
      return;
    }
    subject.each(
        cases,
        "one input at a time",
        (session, sample) -> {
          List<Tensor> all = Session.copies(sample);
          List<@Nullable Tensor> together = Gradients.of(all, session.call(sample, all));
          if (together.size() < 2) {
            return;
          }
          int place = 0;
          for (int i = 0; i < all.size(); i++) {
            if (all.get(i).requiresGrad()) {
              requireSameAlone(session, sample, i, together.get(place++));
            }
          }
        });
  }

  private static void requireSameAlone(
      Session session, Arguments sample, int input, @Nullable Tensor together) {
    List<Tensor> inputs = new ArrayList<>();
    for (Tensor copy : Session.copies(sample)) {
      inputs.add(inputs.size() == input ? copy : copy.detach());
    }
    List<@Nullable Tensor> alone = Gradients.of(inputs, session.call(sample, inputs));
    Tensor found = alone.isEmpty() ? null : alone.getFirst();
    if ((together == null) != (found == null)) {
      throw new AssertionError(
          "the gradient of input %d is %s when no other input requires one"
              .formatted(input, found == null ? "missing" : "there only"));
    }
    if (together != null && found != null) {
      Gradients.requireSame(
          "the gradient of input " + input, together, found, "when no other input requires one");
    }
  }

  @TestOf("F-207")
  static void f207_results_without_gradient_do_not_depend_on_the_inputs(
      OperatorSubject subject, Cases cases) {
    if (!subject.operator().isDifferentiable()) {
      return;
    }
    subject.each(
        cases,
        "results that require no gradient",
        (session, sample) -> {
          List<Tensor> inputs = Session.copies(sample);
          List<Tensor> results = session.call(sample, inputs);
          for (int i = 0; i < inputs.size(); i++) {
            if (inputs.get(i).requiresGrad()) {
              List<Tensor> moved = new ArrayList<>(Session.copies(sample));
              moved.set(i, moved.get(i).detach().mul(1 + 1e-7).requiresGrad_());
              requireSameWhereUnrecorded(i, results, session.call(sample, moved));
            }
          }
        });
  }

  private static void requireSameWhereUnrecorded(
      int input, List<Tensor> before, List<Tensor> after) {
    for (int o = 0; o < before.size(); o++) {
      Tensor result = before.get(o);
      if (!result.requiresGrad() && result.dtype().isFloatingPoint()) {
        Optional<String> difference = Bits.difference(result, after.get(o));
        if (difference.isPresent()) {
          throw new AssertionError(
              "result %d requires no gradient, but changes with input %d: %s"
                  .formatted(o, input, difference.get()));
        }
      }
    }
  }

  @TestOf("F-208")
  static void f208_results_with_a_gradient_pass_one_on(OperatorSubject subject, Cases cases) {
    subject.each(
        cases,
        "each result",
        (session, sample) -> {
          List<Tensor> inputs = Session.copies(sample);
          List<Tensor> results = session.call(sample, inputs);
          for (int o = 0; o < results.size(); o++) {
            Tensor result = results.get(o);
            if (result.requiresGrad()) {
              requirePassedOn(subject, o, inputs, result);
            }
          }
        });
  }

  private static void requirePassedOn(
      OperatorSubject subject, int output, List<Tensor> inputs, Tensor result) {
    if (!subject.operator().isDifferentiable()) {
      throw new AssertionError(
          "result " + output + " requires a gradient, but the operator is declared to have none");
    }
    if (!result.dtype().isFloatingPoint()) {
      throw new AssertionError(
          "result " + output + " requires a gradient, but is " + result.dtype());
    }
    List<Tensor> one = List.of(result);
    if (Gradients.there(Gradients.pull(inputs, one, Gradients.cotangents(one, 1), false))
        .isEmpty()) {
      throw new AssertionError(
          "result "
              + output
              + " requires a gradient, but no input gets one from it; mark it as not"
              + " differentiable");
    }
  }

  @TestOf("F-209")
  static void f209_nothing_is_recorded_while_recording_is_off(
      OperatorSubject subject, Cases cases) {
    subject.each(
        cases,
        "under noGrad",
        (session, sample) -> {
          List<Tensor> recorded = session.call(sample, Session.copies(sample));
          List<Tensor> inputs = Session.copies(sample);
          List<Tensor> results;
          try (var _ = Autograd.noGrad()) {
            results = session.call(sample, inputs);
          }
          for (int o = 0; o < results.size(); o++) {
            Tensor result = results.get(o);
            boolean isInput = inputs.stream().anyMatch(input -> input == result);
            if (result.requiresGrad() && !isInput) {
              throw new AssertionError(
                  "result " + o + " requires a gradient, though recording was off");
            }
          }
          Gradients.requireSame("result", recorded, results, "while recording is off");
        });
  }
}
