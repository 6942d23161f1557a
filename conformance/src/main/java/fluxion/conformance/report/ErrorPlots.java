package fluxion.conformance.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The measured errors on the page: a histogram an operator and dtype, drawn as SVG. The height of a
 * bar is the logarithm of its count, so that one bad result among a million shows.
 */
final class ErrorPlots {
  private static final int BAR = 18;
  private static final int HEIGHT = 90;
  private static final int FOOT = 34;
  private static final MathContext DIGITS = new MathContext(3);

  private ErrorPlots() {}

  static void write(Html html, List<ErrorHistogram> errors) {
    if (errors.isEmpty()) {
      return;
    }
    html.raw("<section id=\"errors\" aria-label=\"Errors\">\n<h2>Measured errors</h2>\n")
        .raw("<p>Distances of results from exact values in units in the last place; the height of")
        .raw(
            " a bar is the logarithm of its count. The dashed line is the error budget, of several")
        .raw(" ranges the widest; red is beyond it, and comes first.</p>\n")
        .raw("<div class=\"plots\">\n");
    errors.stream()
        .sorted(Comparator.comparing(one -> !isBeyond(one)))
        .forEach(one -> plot(html, one));
    html.raw("</div>\n</section>\n");
  }

  /** Whether some result was further off than is allowed, or no number. */
  private static boolean isBeyond(ErrorHistogram errors) {
    return !Double.isNaN(errors.budget()) && !(errors.worst() <= errors.budget());
  }

  private static void plot(Html html, ErrorHistogram errors) {
    String name = errors.operator() + " " + errors.dtype().shortName();
    String worst = "worst %s ULP of %d results".formatted(number(errors.worst()), errors.total());
    int width = BAR * ErrorHistogram.bins();
    html.raw("<figure class=\"plot\"")
        .attribute("data-subject", errors.operator())
        .raw("><figcaption>")
        .element("b", "", name)
        .text(" " + worst)
        .raw("</figcaption>\n<svg role=\"img\"")
        .attribute("aria-label", name + ": " + worst)
        .raw(" viewBox=\"0 0 " + (width + 2) + " " + (HEIGHT + FOOT) + "\">\n");
    List<Long> counts = errors.counts();
    double most = Math.log1p((double) counts.stream().mapToLong(Long::longValue).max().orElse(1));
    for (int bin = 0; bin < counts.size(); bin++) {
      bar(html, bin, counts.get(bin), most, errors.budget());
    }
    html.raw(
        "<line class=\"axis\" x1=\"0\" x2=\""
            + width
            + "\" y1=\""
            + HEIGHT
            + "\" y2=\""
            + HEIGHT
            + "\"/>\n");
    budget(html, errors.budget());
    html.raw("</svg></figure>\n");
  }

  private static void bar(Html html, int bin, long count, double most, double budget) {
    int x = bin * BAR;
    if (count > 0) {
      double height = Math.max(2, (HEIGHT - 4) * Math.log1p((double) count) / most);
      // a bin belongs to the budget if all of it does
      boolean over = ErrorHistogram.bound(bin) > ErrorHistogram.roundedUp(budget);
      html.raw(
          String.format(
              Locale.ROOT,
              "<rect class=\"%s\" x=\"%d\" y=\"%.1f\" width=\"%d\" height=\"%.1f\">",
              Double.isNaN(budget) ? "free" : over ? "over" : "within",
              x + 1,
              HEIGHT - height,
              BAR - 2,
              height));
      html.raw("<title>").text(count + " up to " + label(bin) + " ULP").raw("</title></rect>\n");
    }
    html.raw(
            "<text x=\""
                + (x + BAR / 2)
                + "\" y=\""
                + (HEIGHT + 8)
                + "\" transform=\"rotate(60 "
                + (x + BAR / 2)
                + " "
                + (HEIGHT + 8)
                + ")\">")
        .text(label(bin))
        .raw("</text>\n");
  }

  private static void budget(Html html, double budget) {
    if (Double.isNaN(budget)) {
      return;
    }
    int x = BAR;
    for (int bin = 0; bin < ErrorHistogram.bins() - 1; bin++) {
      if (ErrorHistogram.bound(bin) <= ErrorHistogram.roundedUp(budget)) {
        x = (bin + 1) * BAR;
      }
    }
    html.raw(
            "<line class=\"budget\" x1=\""
                + x
                + "\" x2=\""
                + x
                + "\" y1=\"0\" y2=\""
                + HEIGHT
                + "\"><title>")
        .text("budget " + number(budget) + " ULP")
        .raw("</title></line>\n");
  }

  private static String label(int bin) {
    double bound = ErrorHistogram.bound(bin);
    return Double.isInfinite(bound) ? "∞" : number(bound);
  }

  private static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e9) {
      return Long.toString((long) value);
    }
    return Double.isFinite(value)
        ? new BigDecimal(value).round(DIGITS).stripTrailingZeros().toString()
        : Double.toString(value);
  }
}
