package fluxion.conformance.suite;

import java.util.ArrayList;
import java.util.List;

/** Takes the cases of one rule for one subject. */
public final class Cases {
  private final Rule rule;
  private final String subject;
  private final Settings settings;
  private final List<Check> checks = new ArrayList<>();

  /**
   * Makes an empty list.
   *
   * @param rule the rule
   * @param subject the subject's name
   * @param settings how the suite is run
   */
  Cases(Rule rule, String subject, Settings settings) {
    this.rule = rule;
    this.subject = subject;
    this.settings = settings;
  }

  /** {@return how the suite is run} */
  public Settings settings() {
    return settings;
  }

  /**
   * Adds a case.
   *
   * @param name the case, unique among those of this rule and subject
   * @param body what is done
   */
  public void add(String name, Body body) {
    checks.add(new Check(rule, subject, name, body));
  }

  /**
   * Adds a case that the plugin declares not to support.
   *
   * @param name the case
   * @param reason what it declares
   */
  public void unsupported(String name, String reason) {
    add(
        name,
        trial -> {
          throw NotRun.unsupported(reason);
        });
  }

  /**
   * Adds a case that cannot be tried.
   *
   * @param name the case
   * @param reason why
   */
  public void notRun(String name, String reason) {
    add(
        name,
        trial -> {
          throw NotRun.because(reason);
        });
  }

  /** {@return the checks} */
  List<Check> checks() {
    return List.copyOf(checks);
  }
}
