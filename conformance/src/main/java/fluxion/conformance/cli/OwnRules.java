package fluxion.conformance.cli;

import fluxion.conformance.GoldenCase;
import fluxion.conformance.suite.Rule;
import fluxion.conformance.suite.Specification;
import java.util.List;

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

  private static final List<Rule> ALL = List.of(LOADED, VALUES, SECOND_ORDER, ERRORS);

  private OwnRules() {}

  private static Rule golden(String id, String title, String text) {
    return new Rule(id, title, text, "PyTorch is the reference for what operators do.", "", "");
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
