package fluxion.benchmarks;

import java.util.Locale;

/** Figures with their units. */
final class Units {
  private Units() {}

  static String text(Row.Kind kind, double figure) {
    if (Double.isNaN(figure)) {
      return "–";
    }
    return kind.isSize() ? size(figure) : time(figure);
  }

  private static String time(double nanos) {
    if (nanos < 999.5) {
      return String.format(Locale.ROOT, "%.0f ns", nanos);
    }
    return nanos < 999.5e3
        ? digits(nanos / 1e3) + " µs"
        : nanos < 9.995e9 ? digits(nanos / 1e6) + " ms" : digits(nanos / 1e9) + " s";
  }

  private static String size(double bytes) {
    return digits(bytes / 1e6) + " MB";
  }

  /** Three digits, or all before the point. */
  private static String digits(double value) {
    return String.format(
        Locale.ROOT, value < 9.995 ? "%.2f" : value < 99.95 ? "%.1f" : "%.0f", value);
  }
}
