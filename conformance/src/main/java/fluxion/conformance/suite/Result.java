package fluxion.conformance.suite;

import fluxion.conformance.Verdict;
import java.time.Duration;
import java.util.List;

/**
 * What came of a check.
 *
 * @param check the check
 * @param verdict its verdict
 * @param took how long it took
 * @param errors what errors it measured
 * @param reproducer statements of Java that show a failure; empty if it passed or gave none
 */
public record Result(
    Check check, Verdict verdict, Duration took, List<Trial.Measured> errors, String reproducer) {
  /** Copies the list. */
  public Result {
    errors = List.copyOf(errors);
  }
}
