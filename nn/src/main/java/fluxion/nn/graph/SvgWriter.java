package fluxion.nn.graph;

import fluxion.nn.graph.layout.Diagram;
import fluxion.nn.graph.layout.Drawing;
import java.util.List;

/** Writes a picture as an SVG document that stands alone or inside a page. */
final class SvgWriter {
  private static final double MARGIN = 12;
  private static final double LINE = 15;
  private static final double PADDING = 8;

  /** Of a letter of 12 pixels in the widest of the usual fonts of one width. */
  private static final double LETTER = 7.25;

  private static final double BASELINE = 4;
  private static final double ARROW = 7;

  /** What is longer is cut in the middle; the whole is in the box's title. */
  private static final int LONGEST = 48;

  private static final String FONT =
      "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, 'Liberation Mono', monospace";

  private final Picture picture;
  private final Diagram diagram = new Diagram();
  private final StringBuilder out = new StringBuilder();

  private SvgWriter(Picture picture) {
    this.picture = picture;
  }

  static String write(Picture picture) {
    return new SvgWriter(picture).write();
  }

  private String write() {
    for (Picture.Box box : picture.boxes()) {
      int letters = 0;
      for (String line : box.lines()) {
        letters = Math.max(letters, letters(cut(line)));
      }
      diagram.addBox(
          Math.ceil(letters * LETTER) + 2 * PADDING, box.lines().size() * LINE + PADDING);
    }
    picture.links().forEach(link -> diagram.addLink(link.from(), link.to(), !link.kept()));
    Drawing drawing = Drawing.of(diagram);
    String width = number(drawing.width() + 2 * MARGIN);
    String height = number(drawing.height() + 2 * MARGIN);
    out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"").append(width);
    out.append("\" height=\"").append(height).append("\" viewBox=\"0 0 ").append(width);
    out.append(' ').append(height).append("\" font-family=\"").append(FONT);
    out.append("\" font-size=\"12\" text-anchor=\"middle\">\n");
    out.append("<title>").append(escaped(picture.title())).append("</title>\n");
    out.append("<desc>").append(description()).append("</desc>\n");
    // a grey that can be seen on white and on black
    out.append("<g fill=\"none\" stroke=\"#808080\" stroke-width=\"1.3\">\n");
    for (int link = 0; link < picture.links().size(); link++) {
      drawLink(picture.links().get(link), drawing.routes().get(link).stages());
    }
    out.append("</g>\n");
    for (int box = 0; box < picture.boxes().size(); box++) {
      drawBox(picture.boxes().get(box), diagram.boxes().get(box), drawing.places().get(box));
    }
    return out.append("</svg>\n").toString();
  }

  private String description() {
    StringBuilder text = new StringBuilder();
    for (Picture.Kind kind : Picture.Kind.values()) {
      long count = picture.boxes().stream().filter(box -> box.kind() == kind).count();
      if (count > 0) {
        text.append(text.isEmpty() ? "" : ", ").append(count).append(' ');
        text.append(count > 1 ? kind.plural : kind.word);
      }
    }
    return text.toString();
  }

  private void drawLink(Picture.Link link, List<Drawing.Stage> stages) {
    Drawing.Stage first = stages.getFirst();
    double x = first.x();
    out.append("<path d=\"M").append(point(x, first.top()));
    double y = first.top();
    for (int i = 0; i < stages.size(); i++) {
      Drawing.Stage stage = stages.get(i);
      if (Math.abs(stage.x() - x) > 0.05) {
        String middle = number((y + stage.top()) / 2 + MARGIN);
        out.append('C').append(number(x + MARGIN)).append(' ').append(middle);
        out.append(' ').append(number(stage.x() + MARGIN)).append(' ').append(middle);
        out.append(' ').append(point(stage.x(), stage.top()));
        x = stage.x();
        y = stage.top();
      }
      boolean last = i == stages.size() - 1;
      boolean bends = last || Math.abs(stages.get(i + 1).x() - x) > 0.05;
      if (bends && stage.bottom() > y) {
        out.append('V').append(number(stage.bottom() + MARGIN));
        y = stage.bottom();
      }
    }
    if (link.kept()) {
      out.append("\" stroke-dasharray=\"4 3\"/>\n");
      return;
    }
    out.append("\"/>\n<path fill=\"#808080\" stroke=\"none\" d=\"M");
    out.append(point(x - ARROW / 2, y - ARROW)).append('H').append(number(x + ARROW / 2 + MARGIN));
    out.append('L').append(point(x, y)).append("z\"/>\n");
  }

  private void drawBox(Picture.Box box, Diagram.Box size, Drawing.Place place) {
    List<String> lines = box.lines();
    out.append("<g><title>").append(box.kind().word).append(": ");
    out.append(escaped(String.join(" ", lines))).append("</title>");
    out.append("<rect x=\"").append(number(place.left() + MARGIN)).append("\" y=\"");
    out.append(number(place.top() + MARGIN)).append("\" width=\"").append(number(size.width()));
    out.append("\" height=\"").append(number(size.height())).append("\" rx=\"3\" fill=\"");
    out.append(box.kind().colour).append("\" stroke=\"#57606a\"/>");
    double x = place.left() + size.width() / 2 + MARGIN;
    double y = place.top() + PADDING / 2 + LINE / 2 + BASELINE + MARGIN;
    for (String line : lines) {
      out.append("<text x=\"").append(number(x)).append("\" y=\"").append(number(y));
      out.append("\" fill=\"#1f2328\">").append(escaped(cut(line))).append("</text>");
      y += LINE;
    }
    out.append("</g>\n");
  }

  private static String cut(String line) {
    int[] letters = line.codePoints().toArray();
    int half = LONGEST / 2;
    return letters.length <= LONGEST
        ? line
        : new String(letters, 0, half)
            + "…"
            + new String(letters, letters.length - half + 1, half - 1);
  }

  /** The width in letters: ideographs and their like are as wide as two. */
  private static int letters(String line) {
    return line.codePoints().map(letter -> letter >= 0x1100 ? 2 : 1).sum();
  }

  private static String point(double x, double y) {
    return number(x + MARGIN) + " " + number(y + MARGIN);
  }

  /** A number with one digit after the point at most. */
  private static String number(double value) {
    long tenths = Math.round(value * 10);
    return tenths % 10 == 0 ? Long.toString(tenths / 10) : Double.toString(tenths / 10.0);
  }

  /** What XML does not allow, even escaped, is shown as the sign for an unknown character. */
  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            letter -> {
              switch (letter) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                default -> escaped.appendCodePoint(isAllowed(letter) ? letter : 0xFFFD);
              }
            });
    return escaped.toString();
  }

  private static boolean isAllowed(int letter) {
    boolean surrogate = letter >= Character.MIN_SURROGATE && letter <= Character.MAX_SURROGATE;
    return letter >= ' ' && !surrogate && letter != 0xFFFE && letter != 0xFFFF;
  }
}
