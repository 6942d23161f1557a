package fluxion.conformance.function;

import fluxion.api.Tensor;
import fluxion.conformance.suite.Cases;
import fluxion.conformance.suite.TestOf;
import fluxion.engine.spi.Signature;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls whose arguments no signature takes: too few, too many, of another kind, absent. */
final class CallErrorRules {
  /** More arguments than any signature has. */
  private static final int TOO_MANY = 40;

  private CallErrorRules() {}

  private static Refusal call(
      Session session, String what, List<?> arguments, Map<String, ?> named) {
    return Refusal.of(what, () -> session.bare(arguments, named));
  }

  @TestOf("F-501")
  static void f501_a_wrong_number_of_arguments_is_refused(OperatorSubject subject, Cases cases) {
    subject.whole(
        cases,
        "none and too many",
        session -> {
          boolean needsNone =
              subject.operator().overloads().stream()
                  .anyMatch(
                      overload ->
                          overload.signature().parameters().stream()
                              .allMatch(p -> p.defaultText() != null));
          if (!needsNone) {
            call(session, "a call without arguments", List.of(), Map.of())
                .requireNaming("a call without arguments", List.of(subject.name()));
          }
          String many = "a call with " + TOO_MANY + " numbers";
          call(session, many, Collections.nCopies(TOO_MANY, 1.5), Map.of())
              .requireNaming(many, List.of(subject.name()));
        });
  }

  @TestOf("F-502")
  static void f502_an_unknown_parameter_is_refused_by_name(OperatorSubject subject, Cases cases) {
    subject.each(
        cases,
        "a name that no parameter has",
        (session, sample) -> {
          List<Tensor> inputs = Session.copies(sample);
          List<Snapshot> before = Snapshot.of(inputs);
          String what = "a call with the argument no_such_parameter=1";
          call(session, what, sample.with(inputs), Map.of("no_such_parameter", 1))
              .requireNaming(what, List.of("no_such_parameter"));
          Snapshot.requireUnchanged(before, "the refused call changed input", inputs);
        });
  }

  @TestOf("F-503")
  static void f503_an_argument_of_another_kind_is_refused(OperatorSubject subject, Cases cases) {
    subject.each(
        cases,
        "a thread in the place of each argument",
        (session, sample) -> {
          for (int i = 0; i < sample.values().size(); i++) {
            List<Tensor> inputs = Session.copies(sample);
            List<Snapshot> before = Snapshot.of(inputs);
            List<@Nullable Object> arguments = new ArrayList<>(sample.with(inputs));
            arguments.set(i, Thread.currentThread());
            String what = "a call with a thread as argument " + i;
            call(session, what, arguments, Map.of()).requireNaming(what, List.of(subject.name()));
            Snapshot.requireUnchanged(before, "the refused call changed input", inputs);
          }
        });
  }

  @TestOf("F-504")
  static void f504_an_absent_argument_is_taken_or_refused(OperatorSubject subject, Cases cases) {
    subject.each(
        cases,
        "null in the place of each argument",
        (session, sample) -> {
          for (int i = 0; i < sample.values().size(); i++) {
            List<Tensor> inputs = writable(subject, sample);
            List<Snapshot> before = Snapshot.of(inputs);
            List<@Nullable Object> arguments = new ArrayList<>(sample.with(inputs));
            arguments.set(i, null);
            String what = "a call with null as argument " + i;
            Refusal refusal = call(session, what, arguments, Map.of());
            if (refusal.isRefused() || !mayBeAbsent(subject, i)) {
              refusal.requireNaming(what, Words.of(session, arguments));
              Snapshot.requireUnchanged(before, "the refused call changed input", inputs);
            }
          }
        });
  }

  /** Copies of a sample's tensors, of which the first may be changed if the operator does so. */
  private static List<Tensor> writable(OperatorSubject subject, Arguments sample) {
    List<Tensor> inputs = new ArrayList<>(Session.copies(sample));
    if (subject.isInPlace()) {
      inputs.set(0, inputs.getFirst().detach());
    }
    return inputs;
  }

  private static boolean mayBeAbsent(OperatorSubject subject, int place) {
    return subject.operator().overloads().stream()
        .map(overload -> overload.signature().parameters())
        .anyMatch(parameters -> place < parameters.size() && parameters.get(place).optional());
  }

  @TestOf("F-505")
  static void f505_optional_tensors_may_be_absent(OperatorSubject subject, Cases cases) {
    subject.each(
        cases,
        "each optional tensor",
        (session, sample) -> {
          List<Signature.Parameter> parameters =
              Binding.of(subject.operator(), sample.with(Session.copies(sample)))
                  .map(binding -> binding.overload().signature().parameters())
                  .orElse(List.of());
          for (int i = 0; i < sample.values().size(); i++) {
            List<Tensor> inputs = writable(subject, sample);
            List<@Nullable Object> arguments = new ArrayList<>(sample.with(inputs));
            boolean optional =
                parameters.size() > i
                    && parameters.get(i).optional()
                    && parameters.get(i).type() == Signature.Type.TENSOR;
            if (optional && arguments.get(i) != null) {
              arguments.set(i, null);
              String what = "a call without " + parameters.get(i);
              Refusal refusal = call(session, what, arguments, Map.of());
              refusal.requireUseful(what, List.of(parameters.get(i).name()));
              Gradients.of(inputs, refusal.results());
            }
          }
        });
  }
}
