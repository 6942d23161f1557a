package fluxion.conformance.function;

import fluxion.api.Ops;
import fluxion.api.Tensor;
import fluxion.conformance.suite.Cases;
import fluxion.conformance.suite.TestOf;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How an operator is registered: its name, its signatures, its overloads. */
final class RegistrationRules {
  private RegistrationRules() {}

  @TestOf("F-101")
  static void f101_the_name_is_a_word(OperatorSubject subject, Cases cases) {
    subject.whole(
        cases,
        "its name",
        session -> {
          String name = subject.name();
          if (!name.matches("[a-z][a-z0-9_]*") || name.endsWith("__")) {
            throw new AssertionError(
                "'"
                    + name
                    + "' is not written in lower-case letters, digits and underscores with a"
                    + " letter first and at most one underscore last");
          }
          if (!Ops.names().contains(name)) {
            throw new AssertionError(
                "'" + name + "' is not among the operators that the engine can call");
          }
        });
  }

  @TestOf("F-102")
  static void f102_the_name_leads_to_the_operator(OperatorSubject subject, Cases cases) {
    subject.each(
        cases,
        "by name and directly",
        (session, sample) -> {
          List<Tensor> named = own(sample, subject);
          List<Tensor> direct = own(sample, subject);
          Binding binding = binding(subject, sample.with(direct));
          Gradients.requireSame(
              "result",
              binding.invoke(),
              session.raw(sample, named),
              "when it is called by name, and not through " + binding.overload().signature());
        });
  }

  /** Inputs that the operator may write to. */
  private static List<Tensor> own(Arguments sample, OperatorSubject subject) {
    List<Tensor> copies = new ArrayList<>(Session.copies(sample));
    if (subject.isInPlace()) {
      copies.set(0, copies.getFirst().detach());
    }
    return copies;
  }

  private static Binding binding(OperatorSubject subject, List<?> arguments) {
    return Binding.of(subject.operator(), arguments)
        .orElseThrow(
            () ->
                new AssertionError(
                    "no overload takes the arguments of the sample; there are "
                        + signatures(subject.operator())));
  }

  private static List<Signature> signatures(Operator operator) {
    return operator.overloads().stream().<Signature>map(overload -> overload.signature()).toList();
  }

  @TestOf("F-103")
  static void f103_signatures_survive_being_written(OperatorSubject subject, Cases cases) {
    cases.add(
        "its signatures",
        trial -> {
          if (signatures(subject.operator()).isEmpty()) {
            throw new AssertionError("'" + subject.name() + "' has no overload");
          }
          for (Signature signature : signatures(subject.operator())) {
            Signature read = Signature.parse(signature.toString());
            if (!read.equals(signature)) {
              throw new AssertionError(signature + " is read as " + read);
            }
            if (!signature.name().equals(subject.name())) {
              throw new AssertionError(
                  signature + " is a signature of operator '" + subject.name() + "'");
            }
          }
        });
  }

  @TestOf("F-104")
  static void f104_every_overload_has_a_sample(OperatorSubject subject, Cases cases) {
    if (subject.samples().isEmpty()) {
      return;
    }
    cases.add(
        "its overloads",
        trial -> {
          for (Operator.Overload<?> overload : subject.operator().overloads()) {
            boolean sampled =
                overload.signature().parameters().stream()
                    .noneMatch(p -> p.keywordOnly() && p.defaultText() == null);
            if (sampled
                && subject.samples().stream()
                    .noneMatch(sample -> Binding.of(overload, sample.values()).isPresent())) {
              throw new AssertionError(
                  "no sample of '"
                      + subject.name()
                      + "' can be given to "
                      + overload.signature()
                      + ", so nothing tries it; the samples are "
                      + subject.samples());
            }
          }
        });
  }

  @TestOf("F-105")
  static void f105_arguments_may_be_given_by_name(OperatorSubject subject, Cases cases) {
    subject.each(
        cases,
        "all by name",
        (session, sample) -> {
          List<Tensor> placed = own(sample, subject);
          List<Tensor> named = own(sample, subject);
          Binding binding = binding(subject, sample.with(named));
          Gradients.requireSame(
              "result",
              session.raw(sample, placed),
              Ops.callAll(subject.name(), List.of(), binding.byName()),
              "when all arguments are given by name");
        });
  }

  @TestOf("F-106")
  static void f106_a_form_in_place_stands_beside_its_operator(
      OperatorSubject subject, Cases cases) {
    if (!subject.isInPlace() || subject.counterpart().isEmpty()) {
      return;
    }
    Operator functional = subject.counterpart().get();
    cases.add(
        "its signatures",
        trial -> {
          for (Signature signature : signatures(subject.operator())) {
            boolean matched =
                signatures(functional).stream()
                    .anyMatch(other -> other.parameters().equals(signature.parameters()));
            if (!matched) {
              throw new AssertionError(
                  signature
                      + " has no counterpart among "
                      + signatures(functional)
                      + ", so it is not the form in place of '"
                      + functional.name()
                      + "'");
            }
          }
        });
  }

  @TestOf("F-107")
  static void f107_an_unknown_name_is_refused_by_name(OperatorSubject subject, Cases cases) {
    subject.whole(
        cases,
        "a name that nothing has",
        session -> {
          String wrong = subject.name() + "_of_nobody";
          Refusal.of("a call of '" + wrong + "'", () -> Ops.callAll(wrong, List.of(), Map.of()))
              .requireNaming("a call of '" + wrong + "'", List.of(wrong));
        });
  }
}
