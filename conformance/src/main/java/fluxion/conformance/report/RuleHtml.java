package fluxion.conformance.report;

import fluxion.conformance.Verdict;
import fluxion.conformance.suite.Rule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One rule on the page: its words, and its cases, those that did not pass first. */
final class RuleHtml {
  private RuleHtml() {}

  static void write(Html html, Rule rule, List<Outcome> outcomes) {
    Counts counts = Counts.of(outcomes);
    Verdict.Kind verdict = counts.worst();
    html.raw("<details class=\"rule\"")
        .attribute("id", rule.id())
        .attribute("data-verdict", verdict.toString())
        .attribute("data-text", text(rule))
        .raw(">\n<summary>")
        .element("span", "class=\"badge " + Html.style(verdict) + "\"", verdict.toString())
        .element("span", "class=\"id\"", rule.id())
        .element("span", "class=\"title\"", rule.title())
        .element("span", "class=\"numbers\"", numbers(counts));
    CertificateHtml.bar(html, counts);
    html.raw("</summary>\n<div class=\"body\">\n");
    html.element("p", "class=\"text\"", plain(rule.text())).raw("\n");
    if (!rule.intent().isEmpty()) {
      html.raw("<p class=\"intent\">")
          .element("b", "", "Why: ")
          .text(plain(rule.intent()))
          .raw("</p>\n");
    }
    if (!rule.test().isEmpty()) {
      html.raw("<p class=\"test\">Test ").element("code", "", rule.test()).raw("</p>\n");
    }
    if (outcomes.isEmpty()) {
      html.element("p", "class=\"silence\"", "Not run: " + Report.silence(rule)).raw("\n");
    }
    for (Verdict.Kind kind : HtmlPage.ORDER) {
      List<Outcome> those = outcomes.stream().filter(o -> o.verdict().kind() == kind).toList();
      if (kind == Verdict.Kind.PASS) {
        passed(html, those);
      } else if (!those.isEmpty()) {
        others(html, those);
      }
    }
    html.raw("</div>\n</details>\n");
  }

  private static String text(Rule rule) {
    return (rule.id() + " " + rule.title() + " " + rule.text()).toLowerCase(Locale.ROOT);
  }

  /** Markdown's marks are for the page of the specification. */
  private static String plain(String markdown) {
    return markdown.replace("`", "");
  }

  private static String numbers(Counts counts) {
    if (counts.total() == 0) {
      return "no case";
    }
    StringBuilder numbers = new StringBuilder();
    for (Verdict.Kind kind : HtmlPage.ORDER) {
      if (counts.of(kind) > 0) {
        numbers
            .append(numbers.isEmpty() ? "" : ", ")
            .append(counts.of(kind))
            .append(' ')
            .append(
                switch (kind) {
                  case PASS -> "passed";
                  case FAIL -> "failed";
                  case EXPECTED_FAILURE -> "expected";
                  case NOT_RUN -> "not run";
                  case UNSUPPORTED -> "unsupported";
                });
      }
    }
    return numbers.toString();
  }

  private static void begin(Html html, Outcome outcome) {
    html.raw("<li class=\"case\"")
        .attribute("data-verdict", outcome.verdict().kind().toString())
        .attribute("data-subject", outcome.subject())
        .raw(">");
  }

  private static void others(Html html, List<Outcome> outcomes) {
    html.raw("<ul class=\"cases\">\n");
    for (Outcome outcome : outcomes) {
      begin(html, outcome);
      String kind = outcome.verdict().kind().toString();
      html.element("span", "class=\"badge small " + Html.style(kind) + "\"", kind)
          .element("b", "", outcome.subject())
          .text(" " + outcome.name())
          .element("pre", "class=\"reason\"", outcome.verdict().reason());
      if (!outcome.reproducer().isEmpty()) {
        html.raw("<details class=\"java\" open><summary>Java that shows it</summary>")
            .element("pre", "", outcome.reproducer())
            .raw("</details>");
      }
      html.raw("</li>\n");
    }
    html.raw("</ul>\n");
  }

  private static void passed(Html html, List<Outcome> outcomes) {
    if (outcomes.isEmpty()) {
      return;
    }
    Map<String, List<Outcome>> bySubject = new LinkedHashMap<>();
    outcomes.forEach(
        outcome ->
            bySubject
                .computeIfAbsent(outcome.subject(), s -> new java.util.ArrayList<>())
                .add(outcome));
    html.raw("<details class=\"passed\"><summary>")
        .text(outcomes.size() + (outcomes.size() == 1 ? " case passed" : " cases passed"))
        .raw("</summary>\n");
    bySubject.forEach(
        (subject, those) -> {
          html.raw("<div class=\"subject\">").element("h4", "", subject).raw("<ul>\n");
          for (Outcome outcome : those) {
            begin(html, outcome);
            String remark = outcome.verdict().reason();
            html.text(outcome.name() + (remark.isEmpty() ? "" : ": " + remark)).raw("</li>\n");
          }
          html.raw("</ul></div>\n");
        });
    html.raw("</details>\n");
  }
}
