package fluxion.conformance.report;

import fluxion.conformance.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Writes JUnit's XML: a suite a rule, a test a case. What was skipped is skipped there, too, with
 * the verdict in its message.
 */
public final class JunitXml {
  private final StringBuilder out = new StringBuilder();

  private JunitXml() {}

  /**
   * {@return the text of the file}
   *
   * @param report what is known of the run
   */
  public static String of(Report report) {
    JunitXml xml = new JunitXml();
    xml.write(report);
    return xml.out.toString();
  }

  private void write(Report report) {
    out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites");
    attribute("name", "fluxion conformance");
    totals(report.outcomes());
    out.append(">\n");
    report
        .byRule()
        .forEach(
            (rule, outcomes) -> {
              if (!outcomes.isEmpty()) {
                out.append("  <testsuite");
                attribute("name", rule.toString());
                totals(outcomes);
                out.append(">\n");
                outcomes.forEach(this::test);
                out.append("  </testsuite>\n");
              }
            });
    out.append("</testsuites>\n");
  }

  private void totals(List<Outcome> outcomes) {
    Counts counts = Counts.of(outcomes);
    attribute("tests", Integer.toString(counts.total()));
    attribute("failures", Integer.toString(counts.of(Verdict.Kind.FAIL)));
    attribute("errors", "0");
    attribute("skipped", Integer.toString(counts.skipped()));
    Duration took = outcomes.stream().map(Outcome::took).reduce(Duration.ZERO, Duration::plus);
    attribute("time", seconds(took));
  }

  private void test(Outcome outcome) {
    out.append("    <testcase");
    attribute("classname", outcome.rule().id() + "." + outcome.subject());
    attribute("name", outcome.name());
    attribute("time", seconds(outcome.took()));
    switch (outcome.verdict().kind()) {
      case PASS -> out.append("/>\n");
      case FAIL -> {
        out.append(">\n      <failure");
        attribute("type", outcome.rule().id());
        attribute("message", firstLine(outcome.verdict().reason()));
        out.append('>');
        text(outcome.verdict().reason());
        text("\n" + outcome.rule() + ": " + outcome.rule().text());
        if (!outcome.reproducer().isEmpty()) {
          text("\n" + outcome.reproducer());
        }
        out.append("</failure>\n    </testcase>\n");
      }
      case UNSUPPORTED, NOT_RUN, EXPECTED_FAILURE -> {
        out.append(">\n      <skipped");
        attribute("message", outcome.verdict().toString());
        out.append("/>\n    </testcase>\n");
      }
    }
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.3f", duration.toNanos() / 1e9);
  }

  private void attribute(String name, String value) {
    out.append(' ').append(name).append("=\"");
    value.codePoints().forEach(c -> character(c, true));
    out.append('"');
  }

  private void text(String value) {
    value.codePoints().forEach(c -> character(c, false));
  }

  private void character(int c, boolean inAttribute) {
    switch (c) {
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '&' -> out.append("&amp;");
      case '"' -> out.append("&quot;");
      case '\r' -> out.append("&#13;");
      case '\n', '\t' -> {
        if (inAttribute) {
          out.append("&#").append(c).append(';');
        } else {
          out.appendCodePoint(c);
        }
      }
      default -> {
        // what XML 1.0 has no place for
        boolean allowed = (c >= ' ' && c <= 0xD7FF) || (c >= 0xE000 && c <= 0xFFFD) || c >= 0x10000;
        out.appendCodePoint(allowed ? c : 0xFFFD);
      }
    }
  }
}
