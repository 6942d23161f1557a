package fluxion.conformance.report;

import fluxion.conformance.Verdict;
import fluxion.conformance.suite.Rule;
import java.util.List;
import java.util.Map;

/**
 * Writes {@code index.html}: one page that needs nothing beside it. All of it is there without a
 * script; the script filters.
 */
public final class HtmlPage {
  /** The verdicts in the order in which a reader wants them. */
  static final List<Verdict.Kind> ORDER =
      List.of(
          Verdict.Kind.FAIL,
          Verdict.Kind.EXPECTED_FAILURE,
          Verdict.Kind.NOT_RUN,
          Verdict.Kind.UNSUPPORTED,
          Verdict.Kind.PASS);

  private static final Map<Character, String> PARTS =
      Map.of('B', "Backends", 'F', "Functions", 'P', "Plugins", 'G', "Recorded cases");

  private final Report report;
  private final Html html = new Html();

  private HtmlPage(Report report) {
    this.report = report;
  }

  /**
   * {@return the text of the page}
   *
   * @param report what is known of the run
   */
  public static String of(Report report) {
    HtmlPage page = new HtmlPage(report);
    page.write();
    return page.html.toString();
  }

  private void write() {
    html.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .raw("<meta name=\"color-scheme\" content=\"light dark\">\n")
        .element("title", "", title())
        .raw("\n<style>\n" + Html.resource("page.css") + "</style>\n</head>\n<body>\n")
        .raw("<a class=\"skip\" href=\"#rules\">Skip to the rules</a>\n");
    CertificateHtml.write(html, report, title());
    html.raw("<main>\n");
    filters();
    html.raw("<section id=\"rules\" aria-label=\"Rules\" tabindex=\"-1\">\n");
    rules();
    html.raw("<p id=\"nothing\" hidden>No rule or case fits these filters.</p>\n</section>\n");
    ErrorPlots.write(html, report.errors());
    html.raw("</main>\n<script>\n" + Html.resource("page.js") + "</script>\n</body>\n</html>\n");
  }

  private String title() {
    if (report.plugins().isEmpty()) {
      return "Fluxion conformance";
    }
    return "Conformance of "
        + String.join(", ", report.plugins().stream().map(Judged::module).distinct().toList());
  }

  private void filters() {
    html.raw("<form id=\"filters\" role=\"search\" aria-label=\"Filters\">\n")
        .raw("<fieldset><legend>Verdict</legend>\n");
    Counts counts = report.counts();
    for (Verdict.Kind kind : ORDER) {
      html.raw(
              "<button type=\"button\" aria-pressed=\"false\" class=\"chip "
                  + Html.style(kind)
                  + "\"")
          .attribute("data-verdict", kind.toString())
          .raw(">")
          .text(kind.toString())
          .raw(" <b>" + counts.of(kind) + "</b></button>\n");
    }
    html.raw("</fieldset>\n");
    input("rule", "Rule", "B-1*");
    input("subject", "Operator or device", "relu");
    input("q", "Text", "anything");
    html.raw("<button type=\"reset\">Show all</button>\n")
        .raw("<output id=\"shown\" aria-live=\"polite\"></output>\n</form>\n");
  }

  private void input(String name, String label, String placeholder) {
    html.raw("<label>" + label + "<input type=\"search\" autocomplete=\"off\"")
        .attribute("name", name)
        .attribute("placeholder", placeholder)
        .raw("></label>\n");
  }

  private void rules() {
    char part = 0;
    for (Map.Entry<Rule, List<Outcome>> entry : report.byRule().entrySet()) {
      char letter = entry.getKey().id().charAt(0);
      if (letter != part) {
        html.element("h2", "", PARTS.getOrDefault(letter, "Other")).raw("\n");
        part = letter;
      }
      RuleHtml.write(html, entry.getKey(), entry.getValue());
    }
  }
}
