package fluxion.conformance.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.DType;
import fluxion.conformance.Verdict;
import fluxion.conformance.golden.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ReportFilesTest {
  private final Report report = SampleReport.report();

  @Test
  void a_rule_has_the_worst_verdict_of_its_cases() {
    Counts counts = new Counts();
    assertEquals(Verdict.Kind.NOT_RUN, counts.worst());
    counts.add(Verdict.Kind.PASS);
    assertEquals(Verdict.Kind.PASS, counts.worst());
    counts.add(Verdict.Kind.UNSUPPORTED);
    assertEquals(Verdict.Kind.UNSUPPORTED, counts.worst());
    counts.add(Verdict.Kind.EXPECTED_FAILURE);
    assertEquals(Verdict.Kind.EXPECTED_FAILURE, counts.worst());
    counts.add(Verdict.Kind.FAIL);
    assertEquals(Verdict.Kind.FAIL, counts.worst());
    assertEquals("1 passed, 1 failed, 2 skipped", counts.toString());
  }

  @Test
  void a_run_without_a_pass_is_no_pass() {
    Report empty = new Report(Map.of(), List.of(), List.of(), List.of(), List.of());
    assertEquals(Verdict.Kind.NOT_RUN, empty.verdict());
    assertTrue(HtmlPage.of(empty).contains("certificate not-run"));
  }

  @Test
  void a_pass_that_leaves_something_open_is_not_shown_as_a_whole_one() {
    List<Outcome> outcomes =
        report.outcomes().stream().filter(o -> o.rule() == SampleReport.ZERO).toList();
    Report open = new Report(Map.of(), List.of(), List.of(SampleReport.ZERO), outcomes, List.of());
    assertEquals(Verdict.Kind.PASS, open.verdict());
    assertEquals(List.of("1 case unsupported"), open.gaps());
    String page = HtmlPage.of(open);
    assertTrue(page.contains("certificate open"));
    assertFalse(page.contains("certificate pass"));
  }

  @Test
  void the_claim_names_plugin_device_and_the_verdict_on_each_rule_in_a_fixed_order() {
    Map<String, Object> claim = Json.object(Json.parse(ClaimJson.of(report)));
    assertEquals(
        List.of("format", "verdict", "gaps", "counts", "plugins", "kit", "seed", "rules", "errors"),
        List.copyOf(claim.keySet()));
    assertEquals("FAIL", claim.get("verdict"));
    Map<String, Object> plugin = Json.object(Json.array(claim.get("plugins")).get(0));
    assertEquals("acme.npu", plugin.get("module"));
    Map<String, Object> device = Json.object(Json.array(plugin.get("devices")).get(0));
    assertEquals("Acme NPU <9000>", device.get("description"));
    List<Object> rules = Json.array(claim.get("rules"));
    assertEquals(
        List.of("UNSUPPORTED", "FAIL", "NOT RUN"),
        rules.stream().map(rule -> Json.object(rule).get("verdict")).toList());
    assertEquals("no test can hold it: no test cuts it", Json.object(rules.get(2)).get("reason"));
    Map<String, Object> errors = Json.object(Json.array(claim.get("errors")).get(0));
    assertEquals(3.0, errors.get("worst_ulps"));
    assertEquals(1.0, errors.get("budget_ulps"));
  }

  @Test
  void what_a_pass_says_is_in_the_claim_and_on_the_page() {
    Verdict pass = new Verdict(Verdict.Kind.PASS, "7 inputs in 1 s");
    Outcome outcome = Outcome.of(SampleReport.EXP, "npu", "kernels", pass);
    Report one = new Report(Map.of(), List.of(), List.of(), List.of(outcome), List.of());
    Map<String, Object> claim = Json.object(Json.parse(ClaimJson.of(one)));
    Map<String, Object> rule = Json.object(Json.array(claim.get("rules")).getFirst());
    assertEquals(List.of("npu: 7 inputs in 1 s"), rule.get("remarks"));
    assertTrue(HtmlPage.of(one).contains("kernels: 7 inputs in 1 s"));
  }

  @Test
  void operators_are_counted_in_words() {
    Judged one = new Judged(Judged.OPERATORS, "Acme", "acme", "", List.of(), 1);
    assertEquals("1 operator", one.count());
    assertEquals(
        "2 operators", new Judged(Judged.OPERATORS, "Acme", "acme", "", List.of(), 2).count());
    Report report = new Report(Map.of(), List.of(one), List.of(), List.of(), List.of());
    assertTrue(HtmlPage.of(report).contains("1 operator<"));
  }

  @Test
  void plots_beyond_their_budget_come_first_and_numbers_have_no_zeros_at_their_end() {
    ErrorHistogram good = new ErrorHistogram("acos", DType.FLOAT32);
    good.add(0.25, 1);
    ErrorHistogram bad = new ErrorHistogram("exp", DType.FLOAT32);
    bad.add(3, 1);
    Html html = new Html();
    ErrorPlots.write(html, List.of(good, bad));
    String page = html.toString();
    assertTrue(page.indexOf("exp float32") < page.indexOf("acos float32"), page);
    assertTrue(page.contains("worst 0.25 ULP of 1 results") && page.contains(">0.75<"), page);
  }

  @Test
  void errors_are_counted_in_the_bin_whose_bound_they_do_not_exceed() {
    ErrorHistogram errors = new ErrorHistogram("exp", DType.FLOAT64);
    errors.add(0, Double.NaN);
    errors.add(0.5, 2);
    errors.add(Double.POSITIVE_INFINITY, 1);
    assertEquals(1, errors.counts().getFirst());
    assertEquals(1, errors.counts().get(2));
    assertEquals(1, errors.counts().getLast());
    assertEquals(2, errors.budget());
    errors.add(Double.NaN, 1);
    assertEquals(2, errors.counts().getLast());
    assertTrue(Double.isNaN(errors.worst()), "a NaN is worse than any number");
  }

  @Test
  void what_a_plugin_says_cannot_break_out_of_the_page() {
    String page = HtmlPage.of(report);
    assertFalse(page.contains("<b onclick"), "markup was taken over");
    assertEquals(1, page.split("</script>", -1).length - 1);
    assertTrue(page.contains("&lt;/script&gt;&lt;b onclick=&#39;x&#39;&gt;&amp;&quot;"));
    assertFalse(page.contains("\u0000"));
  }

  @Test
  void the_page_needs_nothing_beside_it() {
    String page = HtmlPage.of(report);
    for (String reference : List.of(" src=", "@import", "url(", "<link", "http:", "https:")) {
      assertFalse(page.contains(reference), reference);
    }
  }

  @Test
  void the_page_says_what_was_not_run_and_why() {
    String page = HtmlPage.of(report);
    assertTrue(page.contains("Not run: no test can hold it: no test cuts it"));
    assertTrue(page.contains("1 case not run; 1 case unsupported; 1 case expected to fail"));
  }
}
