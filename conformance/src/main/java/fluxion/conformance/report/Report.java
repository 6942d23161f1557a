package fluxion.conformance.report;

import fluxion.conformance.Verdict;
import fluxion.conformance.suite.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that is known of a run.
 *
 * @param environment what it ran on and with, by names, in the order in which it is shown
 * @param plugins what was judged
 * @param rules the rules that were asked for, in their order, also those that yielded no case
 * @param outcomes what came of each case, in the order of the run
 * @param limits in words, what keeps the run from being a whole one
 */
public record Report(
    Map<String, Object> environment,
    List<Judged> plugins,
    List<Rule> rules,
    List<Outcome> outcomes,
    List<String> limits) {
  /** Copies what it takes. */
  public Report {
    environment = new LinkedHashMap<>(environment);
    plugins = List.copyOf(plugins);
    rules = List.copyOf(rules);
    outcomes = List.copyOf(outcomes);
    limits = List.copyOf(limits);
  }

  /** {@return how many cases came to which verdict} */
  public Counts counts() {
    return Counts.of(outcomes);
  }

  /**
   * {@return the outcomes of each rule, in the order of the rules; of some rules there are none}
   */
  public Map<Rule, List<Outcome>> byRule() {
    Map<Rule, List<Outcome>> map = new LinkedHashMap<>();
    rules.forEach(rule -> map.put(rule, new ArrayList<>()));
    outcomes.forEach(
        outcome -> map.computeIfAbsent(outcome.rule(), rule -> new ArrayList<>()).add(outcome));
    return map;
  }

  /** {@return the measured errors of each operator and dtype, in the order of their names} */
  public List<ErrorHistogram> errors() {
    Map<String, ErrorHistogram> sums = new TreeMap<>();
    for (Outcome outcome : outcomes) {
      for (ErrorHistogram part : outcome.errors()) {
        sums.computeIfAbsent(
                part.operator() + " " + part.dtype(),
                key -> new ErrorHistogram(part.operator(), part.dtype()))
            .addAll(part);
      }
    }
    return List.copyOf(sums.values());
  }

  /**
   * {@return what keeps the run from being a whole one: how it was limited, and what was skipped}
   */
  public List<String> gaps() {
    Counts counts = counts();
    List<String> gaps = new ArrayList<>(limits);
    gap(gaps, counts.of(Verdict.Kind.NOT_RUN), "not run");
    gap(gaps, counts.of(Verdict.Kind.UNSUPPORTED), "unsupported");
    gap(gaps, counts.of(Verdict.Kind.EXPECTED_FAILURE), "expected to fail");
    return gaps;
  }

  private static void gap(List<String> gaps, int count, String what) {
    if (count > 0) {
      gaps.add(count + (count == 1 ? " case " : " cases ") + what);
    }
  }

  /**
   * {@return the verdict on the whole: FAIL if a case failed, NOT RUN if none passed, else PASS;
   * what a pass leaves open is in {@link #gaps}}
   */
  public Verdict.Kind verdict() {
    Counts counts = counts();
    if (counts.of(Verdict.Kind.FAIL) > 0) {
      return Verdict.Kind.FAIL;
    }
    return counts.of(Verdict.Kind.PASS) > 0 ? Verdict.Kind.PASS : Verdict.Kind.NOT_RUN;
  }

  /**
   * {@return why a rule that was asked for has no case}
   *
   * @param rule the rule
   */
  static String silence(Rule rule) {
    return rule.untestable().isEmpty()
        ? "it yields no case for what was judged"
        : "no test can hold it: " + rule.untestable();
  }
}
