package fluxion.conformance.report;

import fluxion.conformance.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The head of the page: the verdict on the whole, what was judged, and on what. */
final class CertificateHtml {
  private static final Map<String, String> FACTS =
      facts(
          "kit", "Kit",
          "profile", "Profile",
          "effort", "Effort",
          "seed", "Seed",
          "jvm", "JVM",
          "os", "System",
          "processors", "Processors",
          "time", "Time");

  private CertificateHtml() {}

  private static Map<String, String> facts(String... names) {
    Map<String, String> facts = new LinkedHashMap<>();
    for (int i = 0; i < names.length; i += 2) {
      facts.put(names[i], names[i + 1]);
    }
    return facts;
  }

  static void write(Html html, Report report, String title) {
    boolean open = report.verdict() == Verdict.Kind.PASS && !report.gaps().isEmpty();
    // a pass that leaves something open is not shown as a whole one
    String style = open ? "open" : Html.style(report.verdict());
    html.raw("<header class=\"certificate " + style + "\">\n<div class=\"seal\">")
        .element("span", "class=\"word\"", word(report, open))
        .element("span", "class=\"count\"", report.counts().toString())
        .raw("</div>\n<div class=\"what\">\n")
        .element("h1", "", title)
        .raw("\n");
    plugins(html, report.plugins());
    gaps(html, report.gaps());
    html.raw("<dl>\n");
    FACTS.forEach(
        (key, label) ->
            Optional.ofNullable(report.environment().get(key))
                .ifPresent(
                    value ->
                        html.raw("<div>")
                            .element("dt", "", label)
                            .element("dd", "", value.toString())
                            .raw("</div>\n")));
    html.raw("</dl>\n</div>\n");
    bar(html, report.counts());
    html.raw("</header>\n");
  }

  private static String word(Report report, boolean open) {
    return switch (report.verdict()) {
      case FAIL -> "FAIL";
      case PASS -> open ? "NO FAILURE" : "PASS";
      default -> "NOT RUN";
    };
  }

  private static void plugins(Html html, List<Judged> plugins) {
    html.raw("<ul class=\"plugins\">\n");
    for (Judged plugin : plugins) {
      String offers =
          plugin.kind().equals(Judged.BACKEND)
              ? plugin.devices().stream()
                  .map(device -> "device " + device.name() + ", " + device.description())
                  .collect(Collectors.joining("; "))
              : plugin.count();
      html.raw("<li>")
          .element("strong", "", plugin.module())
          .text(" " + plugin.version() + " — " + offers)
          .raw("</li>\n");
    }
    html.raw("</ul>\n");
  }

  private static void gaps(Html html, List<String> gaps) {
    if (!gaps.isEmpty()) {
      html.raw("<p class=\"gaps\">")
          .element("strong", "", "Left open: ")
          .text(String.join("; ", gaps))
          .raw(".</p>\n");
    }
  }

  /** The share of each verdict, as a bar; what was not run is hatched. */
  static void bar(Html html, Counts counts) {
    List<String> words = new ArrayList<>();
    for (Verdict.Kind kind : HtmlPage.ORDER) {
      if (counts.of(kind) > 0) {
        words.add(counts.of(kind) + " " + kind);
      }
    }
    html.raw("<div class=\"bar\" role=\"img\"").attribute("aria-label", String.join(", ", words));
    html.raw(">");
    for (Verdict.Kind kind : HtmlPage.ORDER) {
      if (counts.of(kind) > 0) {
        html.raw(
            "<i class=\""
                + Html.style(kind)
                + "\" style=\"flex-grow:"
                + counts.of(kind)
                + "\"></i>");
      }
    }
    html.raw("</div>\n");
  }
}
