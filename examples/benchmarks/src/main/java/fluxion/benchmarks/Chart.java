package fluxion.benchmarks;

import java.util.List;
import java.util.Locale;

/** The ratios as bars on a logarithmic scale, each with a mark where its goal is. */
final class Chart {
  private static final int LEFT = 330;
  private static final int RIGHT = 70;
  private static final int WIDTH = 900;
  private static final int STEP = 22;
  private static final int TOP = 60;
  private static final double LEAST = 0.25;
  private static final double MOST = 64;

  private final List<Line> lines;

  Chart(List<Line> lines) {
    this.lines = lines.stream().filter(line -> !Double.isNaN(line.ratio())).toList();
  }

  String svg() {
    int height = TOP + STEP * lines.size() + 20;
    StringBuilder text = new StringBuilder();
    add(
        text,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
            + " font-size=\"12\">%n",
        WIDTH,
        height);
    add(text, "<rect width=\"%d\" height=\"%d\" fill=\"white\"/>%n", WIDTH, height);
    add(
        text,
        "<text x=\"10\" y=\"22\" font-size=\"15\">How often Fluxion's figure goes into the best"
            + " peer's; the line marks the goal</text>%n");
    for (double tick = LEAST; tick <= MOST; tick *= 2) {
      add(
          text,
          "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\" stroke=\"%s\"/>%n",
          x(tick),
          x(tick),
          TOP - 8,
          height - 15,
          tick == 1 ? "#444" : "#ddd");
      add(
          text,
          "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\" fill=\"#666\">%s</text>%n",
          x(tick),
          TOP - 14,
          tick < 1 ? String.format(Locale.ROOT, "%.2g", tick) : String.valueOf((int) tick));
    }
    for (int i = 0; i < lines.size(); i++) {
      bar(text, lines.get(i), TOP + i * STEP);
    }
    return text.append("</svg>\n").toString();
  }

  private static void bar(StringBuilder text, Line line, int y) {
    double ratio = line.ratio();
    double goal = line.setting().busy() ? Double.NaN : line.row().goal().ratio();
    add(
        text,
        "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s%s</text>%n",
        LEFT - 8,
        y + 13,
        line.row().title(),
        line.row().settings().size() == 1 ? "" : " (" + line.setting() + ")");
    add(
        text,
        "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
        Math.min(x(1), x(ratio)),
        y + 2,
        Math.abs(x(ratio) - x(1)),
        STEP - 8,
        ratio >= 1 ? "#2a7f62" : "#b5482f");
    if (!Double.isNaN(goal)) {
      add(
          text,
          "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\" stroke=\"black\""
              + " stroke-width=\"2\"/>%n",
          x(goal),
          x(goal),
          y - 1,
          y + STEP - 3);
    }
    add(
        text,
        "<text x=\"%.1f\" y=\"%d\">%s</text>%n",
        Math.max(x(1), x(ratio)) + 6,
        y + 13,
        String.format(Locale.ROOT, "%.2f", ratio));
  }

  private static double x(double ratio) {
    double place = Math.log(Math.clamp(ratio, LEAST, MOST) / LEAST) / Math.log(MOST / LEAST);
    return LEFT + place * (WIDTH - LEFT - RIGHT);
  }

  private static void add(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values));
  }
}
