package fluxion.conformance.cli;

import fluxion.conformance.GoldenCase;
import fluxion.conformance.suite.Rule;
import fluxion.conformance.suite.Specification;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the command itself holds plugins to, besides the rules of the specification. */
final class OwnRules {
  /** That a plugin can be judged at all. */
  static final Rule LOADED =
      new Rule(
          "P-000",
          "A plugin can be loaded and questioned",
          "A plugin MUST be there for the engine, and MUST list what it offers.",
          "what cannot be loaded cannot be judged, and must not vanish from the report.",
          "",
          "");

  private static final Rule VALUES =
      golden(
          "G-001",
          "Recorded results and gradients are met",
          "Results in float64 and float32, and gradients, MUST be those recorded from PyTorch.");
  private static final Rule SECOND_ORDER =
      golden(
          "G-002",
          "Recorded second derivatives are met",
          "Gradients of gradients MUST be those recorded from PyTorch.");
  private static final Rule ERRORS =
      golden(
          "G-003",
          "Recorded errors are met",
          "A wrong call MUST throw a FluxionException whose message contains the recorded one.");

  /** The rules that fuzzing holds a device and the engine to, by the names of the targets. */
  private static final Map<String, Rule> FUZZED =
      Map.of(
          "programs",
          fuzzed(
              "X-001",
              "Random programs do what they do on the reference",
              "Results, gradients and refusals of random programs MUST be those of the reference"
                  + " device, up to rounding."),
          "kernels",
          fuzzed(
              "X-002",
              "Random kernels compute what the interpreter computes",
              "A kernel that the device compiles from a random formula MUST give the bits of the"
                  + " reference interpreter."),
          "derivatives",
          fuzzed(
              "X-003",
              "Derivatives of random formulas meet finite differences",
              "The derivative of a random formula MUST be what finite differences settle on."),
          "indexing",
          fuzzed(
              "X-004",
              "Random views, picks and writes mean what they say",
              "Views, picks and writes with random arguments MUST give what a plain implementation"
                  + " gives, and MUST be refused where they make no sense."),
          "providers",
          fuzzed(
              "X-005",
              "Random providers are taken or refused with a reason",
              "A provider MUST be taken or refused with a reason, and MUST be gone when it is"
                  + " withdrawn."),
          "signatures",
          fuzzed(
              "X-006",
              "Random signatures are read as they are written",
              "What is read of a signature MUST be written as a text that gives the same again."),
          "printing",
          fuzzed(
              "X-007",
              "Random tensors are printed as they are",
              "The text of a tensor MUST show its elements to the digits shown."));

  private static final List<Rule> ALL =
      Stream.concat(Stream.of(LOADED, VALUES, SECOND_ORDER, ERRORS), FUZZED.values().stream())
          .toList();

  private OwnRules() {}

  private static Rule golden(String id, String title, String text) {
    return new Rule(id, title, text, "PyTorch is the reference for what operators do.", "", "");
  }

  private static Rule fuzzed(String id, String title, String text) {
    return new Rule(
        id, title, text, "inputs that nobody wrote find what nobody thought of.", "", "");
  }

  /**
   * The rule that a fuzz target tries.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Rule fuzzed(String target) {
    Rule rule = FUZZED.get(target);
    if (rule == null) {
      throw new IllegalArgumentException("no rule is for the fuzz target '" + target + "'");
    }
    return rule;
  }

  /** The rule that a recorded case is a case of. */
  static Rule of(GoldenCase.Kind kind) {
    return switch (kind) {
      case VALUES -> VALUES;
      case SECOND_ORDER -> SECOND_ORDER;
      case ERROR -> ERRORS;
    };
  }

  /** A rule of these or of the specification. */
  static Rule rule(Specification specification, String id) {
    return ALL.stream()
        .filter(rule -> rule.id().equals(id))
        .findFirst()
        .orElseGet(() -> specification.rule(id));
  }
}
