package fluxion.conformance.report;

import fluxion.conformance.Verdict;
import fluxion.conformance.suite.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes {@code claim.json}: what a vendor claims, with a verdict on each rule. */
public final class ClaimJson {
  /** The version of the format; it rises when a field changes its meaning or goes. */
  private static final int FORMAT = 1;

  private ClaimJson() {}

  /**
   * {@return the text of the file}
   *
   * @param report what is known of the run
   */
  public static String of(Report report) {
    Map<String, Object> claim = new LinkedHashMap<>();
    claim.put("format", FORMAT);
    claim.put("verdict", report.verdict());
    claim.put("gaps", report.gaps());
    claim.put("counts", report.counts().asMap());
    claim.put("plugins", report.plugins().stream().map(ClaimJson::plugin).toList());
    claim.putAll(report.environment());
    List<Object> rules = new ArrayList<>();
    report.byRule().forEach((rule, outcomes) -> rules.add(rule(rule, outcomes)));
    claim.put("rules", rules);
    claim.put("errors", report.errors().stream().map(ClaimJson::errors).toList());
    return JsonText.lines(claim);
  }

  private static Map<String, Object> plugin(Judged plugin) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("kind", plugin.kind());
    map.put("name", plugin.name());
    map.put("module", plugin.module());
    map.put("version", plugin.version());
    List<Object> devices = new ArrayList<>();
    for (Judged.JudgedDevice device : plugin.devices()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("device", device.name());
      one.put("description", device.description());
      devices.add(one);
    }
    map.put("devices", devices);
    map.put("operators", plugin.operators());
    return map;
  }

  private static Map<String, Object> rule(Rule rule, List<Outcome> outcomes) {
    Counts counts = Counts.of(outcomes);
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("id", rule.id());
    map.put("title", rule.title());
    map.put("verdict", counts.worst());
    map.putAll(counts.asMap());
    map.put("reason", outcomes.isEmpty() ? Report.silence(rule) : "");
    List<String> remarks =
        outcomes.stream()
            .filter(outcome -> outcome.verdict().kind() == Verdict.Kind.PASS)
            .filter(outcome -> !outcome.verdict().reason().isEmpty())
            .map(outcome -> outcome.subject() + ": " + outcome.verdict().reason())
            .toList();
    if (!remarks.isEmpty()) {
      map.put("remarks", remarks);
    }
    return map;
  }

  private static Map<String, Object> errors(ErrorHistogram errors) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("operator", errors.operator());
    map.put("dtype", errors.dtype());
    map.put("results", errors.total());
    map.put("worst_ulps", errors.worst());
    map.put("budget_ulps", Double.isNaN(errors.budget()) ? null : errors.budget());
    return map;
  }
}
