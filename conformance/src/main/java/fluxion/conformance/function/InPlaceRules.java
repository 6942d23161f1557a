package fluxion.conformance.function;

import fluxion.api.AutogradException;
import fluxion.api.Tensor;
import fluxion.conformance.suite.Cases;
import fluxion.conformance.suite.TestOf;
import fluxion.engine.spi.Operator;
import java.util.ArrayList;
import java.util.List;

/** Operators that write into their first tensor: those whose names end in an underscore. */
final class InPlaceRules {
  private InPlaceRules() {}

  @TestOf("F-311")
  static void f311_an_operator_in_place_changes_its_first_tensor_alone(
      OperatorSubject subject, Cases cases) {
    if (!subject.isInPlace()) {
      return;
    }
    for (Arrangement arrangement : Arrangement.values()) {
      if (arrangement == Arrangement.EXPANDED) {
        continue; // several elements would share one place
      }
      subject.each(
          cases,
          arrangement.words(),
          (session, sample) -> {
            if (arrangement == Arrangement.CONTIGUOUS || sample.changes(arrangement)) {
              requireFirstAlone(session, sample, arrangement);
            }
          });
    }
  }

  private static void requireFirstAlone(
      Session session, Arguments sample, Arrangement arrangement) {
    List<Tensor> inputs = new ArrayList<>(Session.arranged(sample, arrangement));
    List<Tensor> expected = expected(session, sample, inputs);
    Tensor self = inputs.getFirst().detach();
    inputs.set(0, self);
    List<Snapshot> before = Snapshot.of(inputs);
    List<Tensor> results = session.raw(sample, inputs);
    if (results.size() != 1) {
      throw new AssertionError("it gave " + results.size() + " results, not one");
    }
    Gradients.requireSame("the result", self, results.getFirst(), "from the first input");
    if (self.version() <= before.getFirst().version()) {
      throw new AssertionError("it left the version of its first input as it was");
    }
    for (Tensor result : expected) {
      Gradients.requireSame(
          "the first input", result, self, "from the result of the operator without underscore");
    }
    Snapshot.requireUnchanged(
        before.subList(1, before.size()),
        "it changed another input than the first, after it number",
        inputs.subList(1, inputs.size()));
  }

  /** What the operator without underscore gives; nothing if there is none. */
  private static List<Tensor> expected(Session session, Arguments sample, List<Tensor> inputs) {
    return session
        .subject()
        .counterpart()
        .map(functional -> Session.named(functional.name(), sample, inputs))
        .orElse(List.of());
  }

  @TestOf("F-312")
  static void f312_an_operator_in_place_writes_where_its_tensor_lies(
      OperatorSubject subject, Cases cases) {
    if (!subject.isInPlace()) {
      return;
    }
    subject.each(
        cases,
        "seen through another view",
        (session, sample) -> {
          List<Tensor> inputs = new ArrayList<>(Session.copies(sample));
          Tensor self = inputs.getFirst().detach();
          Tensor alias = self.detach();
          inputs.set(0, self);
          List<Tensor> results = session.raw(sample, inputs);
          Gradients.requireSame(
              "what another tensor on the same memory holds",
              results.getFirst(),
              seen(session, sample, inputs, alias),
              "from the result");
          results.getFirst().zero_();
          GradientRules.requireZero(
              "the first input, after zeros were written into the result,", self);
        });
  }

  /**
   * What the result shows of the memory: all of it, or what the operator without underscore shows
   * where that is a view.
   */
  private static Tensor seen(Session session, Arguments sample, List<Tensor> inputs, Tensor alias) {
    if (!session.givesView(sample)) {
      return alias;
    }
    List<Tensor> all = new ArrayList<>(inputs);
    all.set(0, alias);
    return expected(session, sample, all).getFirst();
  }

  @TestOf("F-313")
  static void f313_an_operator_in_place_has_its_counterparts_gradient(
      OperatorSubject subject, Cases cases) {
    if (!subject.isInPlace() || subject.counterpart().isEmpty()) {
      return;
    }
    Operator functional = subject.counterpart().get();
    subject.each(
        cases,
        "gradients",
        (session, sample) -> {
          List<Tensor> plain = Session.copies(sample);
          List<Tensor> inputs = Session.copies(sample);
          List<Tensor> expected = Session.named(functional.name(), sample, plain);
          List<Tensor> found = session.call(sample, inputs);
          Gradients.requireSame(
              "gradient",
              Gradients.of(plain, expected),
              Gradients.of(inputs, found),
              "from that of '" + functional.name() + "'");
        });
  }

  @TestOf("F-314")
  static void f314_a_leaf_that_requires_a_gradient_is_not_written_to(
      OperatorSubject subject, Cases cases) {
    if (!subject.isInPlace()) {
      return;
    }
    subject.each(
        cases,
        "a leaf",
        (session, sample) -> {
          List<Tensor> inputs = Session.copies(sample);
          if (!inputs.getFirst().requiresGrad()) {
            return;
          }
          List<Snapshot> before = Snapshot.of(inputs);
          Refusal refusal = Refusal.of("a write into a leaf", () -> session.raw(sample, inputs));
          refusal.requireNaming("a write into a leaf that requires a gradient", List.of("leaf"));
          if (!refusal.kind().equals(AutogradException.class.getSimpleName())) {
            throw new AssertionError(
                "a write into a leaf that requires a gradient was refused with "
                    + refusal.kind()
                    + ", not AutogradException");
          }
          Snapshot.requireUnchanged(before, "the refused call changed input", inputs);
        });
  }
}
