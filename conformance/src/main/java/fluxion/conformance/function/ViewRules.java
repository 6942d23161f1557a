package fluxion.conformance.function;

import fluxion.api.DType;
import fluxion.api.FluxionException;
import fluxion.api.Tensor;
import fluxion.conformance.GradCheck;
import fluxion.conformance.suite.Cases;
import fluxion.conformance.suite.TestOf;
import fluxion.engine.spi.Primitives;
import java.util.ArrayList;
import java.util.List;

/** Results that are views: the memory of an input in another layout. */
final class ViewRules {
  private ViewRules() {}

  /** Adds a case that tries the samples of whose first tensor results are views. */
  private static void views(
      OperatorSubject subject, Cases cases, String name, OperatorSubject.SampleBody body) {
    if (subject.isInPlace()) {
      return;
    }
    subject.each(
        cases,
        name,
        (session, sample) -> {
          List<Tensor> inputs = plain(sample);
          if (!inputs.isEmpty()
              && session.call(sample, inputs).stream()
                  .anyMatch(result -> isViewOf(inputs.getFirst(), result))) {
            body.run(session, sample);
          }
        });
  }

  private static boolean isViewOf(Tensor base, Tensor result) {
    return result.isView()
        && Primitives.operand(result).buffer() == Primitives.operand(base).buffer();
  }

  private static List<Tensor> plain(Arguments sample) {
    return Session.copies(sample).stream().map(Tensor::detach).toList();
  }

  @TestOf("F-301")
  static void f301_a_write_into_the_base_shows_in_a_view(OperatorSubject subject, Cases cases) {
    views(
        subject,
        cases,
        "the base changed",
        (session, sample) -> {
          List<Tensor> inputs = plain(sample);
          List<Tensor> views = session.call(sample, inputs);
          Tensor base = inputs.getFirst();
          base.copy_(base.dtype() == DType.BOOL ? base.logicalNot() : base.add(3));
          Gradients.requireSame(
              "view", session.call(sample, inputs), views, "after its base was written to");
          for (Tensor view : views) {
            requireVersion(base, view);
          }
        });
  }

  private static void requireVersion(Tensor base, Tensor view) {
    if (isViewOf(base, view) && view.version() != base.version()) {
      throw new AssertionError(
          "a view has version %d, its base %d".formatted(view.version(), base.version()));
    }
  }

  @TestOf("F-302")
  static void f302_a_write_into_a_view_reaches_its_base(OperatorSubject subject, Cases cases) {
    views(
        subject,
        cases,
        "the view changed",
        (session, sample) -> {
          List<Tensor> inputs = plain(sample);
          Tensor base = inputs.getFirst();
          for (Tensor view : session.call(sample, inputs)) {
            if (!isViewOf(base, view) || !isWritable(view)) {
              continue;
            }
            double sum = sum(base);
            double before = sum(view);
            view.add_(3);
            double risen = sum(view) - before;
            if (!(Math.abs(sum(base) - sum - risen) <= 1e-9 * (1 + Math.abs(risen)))) {
              throw new AssertionError(
                  "the sum of a view rose by %s, that of its base by %s"
                      .formatted(risen, sum(base) - sum));
            }
            requireVersion(base, view);
          }
        });
  }

  private static double sum(Tensor tensor) {
    double sum = 0;
    for (double value : tensor.toDoubleArray()) {
      sum += value;
    }
    return sum;
  }

  /** Whether each element has a place of its own, and may be written to. */
  private static boolean isWritable(Tensor view) {
    try {
      view.add_(0);
      return true;
    } catch (FluxionException e) {
      return false;
    }
  }

  @TestOf("F-303")
  static void f303_a_write_into_a_view_has_a_gradient(OperatorSubject subject, Cases cases) {
    if (!subject.operator().isDifferentiable()) {
      return;
    }
    views(
        subject,
        cases,
        "gradients of the base",
        (session, sample) -> {
          List<Tensor> inputs = Session.copies(sample);
          if (!inputs.getFirst().requiresGrad() || inputs.getFirst().numel() == 0) {
            return;
          }
          try {
            written(session, sample, inputs);
          } catch (FluxionException e) {
            return; // one of several views, or of memory that elements share: it refuses writes
          }
          GradCheck.DEFAULT
              .withName("a write into '" + subject.name() + "'")
              .check(tensors -> List.of(written(session, sample, tensors)), inputs);
        });
  }

  /** A copy of the first tensor after its view was multiplied in place. */
  private static Tensor written(Session session, Arguments sample, List<Tensor> tensors) {
    List<Tensor> inputs = new ArrayList<>(tensors);
    Tensor base = inputs.getFirst().clone();
    inputs.set(0, base);
    session.call(sample, inputs).getFirst().mul_(2);
    return base;
  }
}
