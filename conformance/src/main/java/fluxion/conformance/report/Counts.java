package fluxion.conformance.report;

import fluxion.conformance.Verdict;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** How many cases came to which verdict. */
public final class Counts {
  private final Map<Verdict.Kind, Integer> counts = new EnumMap<>(Verdict.Kind.class);

  /** Makes empty counts. */
  public Counts() {}

  /**
   * {@return the counts of some outcomes}
   *
   * @param outcomes the outcomes
   */
  public static Counts of(Iterable<Outcome> outcomes) {
    Counts counts = new Counts();
    outcomes.forEach(outcome -> counts.add(outcome.verdict().kind()));
    return counts;
  }

  /**
   * Counts one case.
   *
   * @param kind its verdict
   */
  public void add(Verdict.Kind kind) {
    counts.merge(kind, 1, Integer::sum);
  }

  /**
   * {@return how many cases came to a verdict}
   *
   * @param kind the verdict
   */
  public int of(Verdict.Kind kind) {
    return counts.getOrDefault(kind, 0);
  }

  /** {@return how many cases there are} */
  public int total() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** {@return how many cases neither passed nor failed} */
  public int skipped() {
    return total() - of(Verdict.Kind.PASS) - of(Verdict.Kind.FAIL);
  }

  /**
   * {@return the verdict on all of them, which is the worst on one: PASS if every case passed, NOT
   * RUN if there is none}
   */
  public Verdict.Kind worst() {
    for (Verdict.Kind kind :
        new Verdict.Kind[] {
          Verdict.Kind.FAIL,
          Verdict.Kind.EXPECTED_FAILURE,
          Verdict.Kind.NOT_RUN,
          Verdict.Kind.UNSUPPORTED,
          Verdict.Kind.PASS
        }) {
      if (of(kind) > 0) {
        return kind;
      }
    }
    return Verdict.Kind.NOT_RUN;
  }

  /** {@return the counts by the names of the verdicts, all of them} */
  Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("passed", of(Verdict.Kind.PASS));
    map.put("failed", of(Verdict.Kind.FAIL));
    map.put("unsupported", of(Verdict.Kind.UNSUPPORTED));
    map.put("not_run", of(Verdict.Kind.NOT_RUN));
    map.put("expected_failures", of(Verdict.Kind.EXPECTED_FAILURE));
    return map;
  }

  /** {@return {@code N passed, N failed, N skipped}} */
  @Override
  public String toString() {
    return "%d passed, %d failed, %d skipped"
        .formatted(of(Verdict.Kind.PASS), of(Verdict.Kind.FAIL), skipped());
  }
}
