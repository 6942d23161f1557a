package fluxion.conformance.report;

import fluxion.conformance.Verdict;
import fluxion.conformance.suite.Rule;
import java.time.Duration;
import java.util.List;

/**
 * What came of one check or one recorded case.
 *
 * @param rule the rule
 * @param subject what was judged: a device, an operator, a plugin
 * @param name the case
 * @param verdict its verdict
 * @param took how long it took
 * @param errors what errors it measured
 * @param reproducer statements of Java that show a failure; empty if there are none
 */
public record Outcome(
    Rule rule,
    String subject,
    String name,
    Verdict verdict,
    Duration took,
    List<ErrorHistogram> errors,
    String reproducer) {
  /** Copies the list. */
  public Outcome {
    errors = List.copyOf(errors);
  }

  /**
   * {@return an outcome of which nothing but the verdict is known}
   *
   * @param rule the rule
   * @param subject what was judged
   * @param name the case
   * @param verdict its verdict
   */
  public static Outcome of(Rule rule, String subject, String name, Verdict verdict) {
    return new Outcome(rule, subject, name, verdict, Duration.ZERO, List.of(), "");
  }

  /** {@return rule, subject and case} */
  public String id() {
    return rule.id() + " " + subject + ": " + name;
  }
}
