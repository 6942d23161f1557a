package fluxion.conformance.fuzz;

import java.util.List;
import java.util.Locale;

/**
 * What fuzzing found.
 *
 * @param seed from which the inputs were made
 * @param targets what became of each target
 */
public record FuzzReport(long seed, List<Tried> targets) {
  /** Copies the list. */
  public FuzzReport {
    targets = List.copyOf(targets);
  }

  /**
   * What became of one target.
   *
   * @param target its name
   * @param covers what it tries, in a sentence
   * @param inputs how many inputs it was tried with
   * @param seconds how long that took
   * @param findings what was found, each made small; fuzzing stops at a target's first
   */
  public record Tried(
      String target, String covers, long inputs, double seconds, List<Found> findings) {
    /** Copies the list. */
    public Tried {
      findings = List.copyOf(findings);
    }

    /** {@return how many inputs a second it was tried with} */
    public double inputsPerSecond() {
      return seconds == 0 ? 0 : inputs / seconds;
    }
  }

  /**
   * One finding.
   *
   * @param message what is wrong
   * @param java Java that shows it
   */
  public record Found(String message, String java) {}

  /** {@return how many findings there are} */
  public int findings() {
    return targets.stream().mapToInt(tried -> tried.findings().size()).sum();
  }

  /** {@return the report as text: a line a target, then the findings} */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Tried tried : targets) {
      text.append(
          String.format(
              Locale.ROOT,
              "%-12s %,9d inputs, %,8.0f a second: %s%n",
              tried.target(),
              tried.inputs(),
              tried.inputsPerSecond(),
              tried.findings().isEmpty() ? "nothing found" : "a finding"));
    }
    for (Tried tried : targets) {
      for (Found found : tried.findings()) {
        text.append(String.format("%n%s: %s%n%n%s", tried.target(), found.message(), found.java()));
      }
    }
    return text.toString();
  }
}
