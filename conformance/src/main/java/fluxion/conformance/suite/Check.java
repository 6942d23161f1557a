package fluxion.conformance.suite;

/**
 * One case of one rule for one subject: what gets a verdict.
 *
 * @param rule the rule
 * @param subject what is judged: a device, an operator, a plugin
 * @param name the case, such as {@code float32, transposed}; with the rule and the subject unique
 * @param body what is done
 */
public record Check(Rule rule, String subject, String name, Body body) {
  /** {@return rule, subject and case: what reports and reproducible seeds go by} */
  public String id() {
    return rule.id() + " " + subject + ": " + name;
  }

  @Override
  public String toString() {
    return id();
  }
}
