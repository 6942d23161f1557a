package fluxion.conformance.function;

import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.conformance.GradCheck;
import fluxion.conformance.suite.Cases;
import fluxion.conformance.suite.TestOf;
import java.util.Arrays;

/** Points at which an operator has no derivative: they are declared, and they are few. */
final class SingularRules {
  private static final int FEW = 3;
  private static final int MANY = 20;

  /** How often the declaration is asked, and how much of that may be singular. */
  private static final int DRAWS = 200;

  private static final double MOST = 0.05;

  private SingularRules() {}

  @TestOf("F-115")
  static void f115_random_points_are_smooth_or_declared_singular(
      OperatorSubject subject, Cases cases) {
    if (!subject.hasSlopes() || subject.isInPlace() || subject.samples().isEmpty()) {
      return;
    }
    int draws = cases.settings().isQuick() ? FEW : MANY;
    GradCheck along = GradCheck.DEFAULT.withName(subject.name()).withJacobianUpTo(0);
    subject.whole(
        cases,
        draws + " draws",
        session -> {
          for (int draw = 0; draw < draws; draw++) {
            GradCheck direction = along.withDirections(1, 1 + draw);
            for (Arguments point : subject.draw(draw)) {
              compare(subject, session, point, direction);
              compare(subject, session, rounded(point), direction);
            }
          }
        });
  }

  private static void compare(
      OperatorSubject subject, Session session, Arguments point, GradCheck direction)
      throws Exception {
    if (session.isDifferentiable(point) && !subject.isSingular(point)) {
      subject.tryOn(
          session,
          point,
          (here, at) -> {
            direction.check(here.function(at), Session.copies(at));
            direction.checkSecond(here.function(at), Session.copies(at));
          });
    }
  }

  /** A point with elements rounded to halves, where a tensor has smaller and larger ones. */
  private static Arguments rounded(Arguments point) {
    return new Arguments(point.with(point.tensors().stream().map(SingularRules::rounded).toList()));
  }

  private static Tensor rounded(Tensor tensor) {
    if (!tensor.requiresGrad()) {
      return tensor;
    }
    double[] values = tensor.toDoubleArray();
    double least = Arrays.stream(values).min().orElse(0);
    double most = Arrays.stream(values).max().orElse(0);
    for (int k = 0; k < values.length; k++) {
      double half = Math.rint(2 * values[k]) / 2;
      values[k] = half > least && half < most ? half : values[k];
    }
    TensorOptions options = TensorOptions.of(tensor.dtype()).requiresGrad(true);
    return Tensors.tensor(values, tensor.shape(), options);
  }

  @TestOf("F-116")
  static void f116_few_random_points_are_declared_singular(OperatorSubject subject, Cases cases) {
    if (subject.operator().singularity().isEmpty() || subject.samples().isEmpty()) {
      return;
    }
    cases.add(
        DRAWS + " draws",
        trial -> {
          int points = 0;
          int singular = 0;
          for (int draw = 0; draw < DRAWS; draw++) {
            for (Arguments point : subject.draw(draw)) {
              points++;
              singular += subject.isSingular(point) ? 1 : 0;
            }
          }
          if (singular > MOST * points) {
            throw new AssertionError(
                "'%s' declares %d of %d random points singular, more than one in twenty, so too"
                        .formatted(subject.name(), singular, points)
                    + " little of it is compared; declare the points alone, and what differences"
                    + " see them from");
          }
        });
  }
}
