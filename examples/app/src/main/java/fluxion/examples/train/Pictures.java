package fluxion.examples.train;

import java.util.List;

/** Images as text, several side by side, each under a line that says what it was taken for. */
final class Pictures {
  private static final String SHADES = " .:-=+*#%@";
  private static final int COLUMN = 20;

  private Pictures() {}

  /**
   * {@return a row of images}
   *
   * @param digits the images with their classes
   * @param predicted what they were taken for
   * @param which the images to show
   */
  static String draw(Digits digits, int[] predicted, List<Integer> which) {
    StringBuilder text = new StringBuilder();
    StringBuilder line = new StringBuilder();
    for (int image : which) {
      pad(line.append(digits.classOf(image)).append(" read as ").append(predicted[image]));
    }
    flush(line, text);
    for (int row = 0; row < Digits.SIDE; row++) {
      for (int image : which) {
        for (int column = 0; column < Digits.SIDE; column++) {
          char shade = shade(digits.pixel(image, row, column));
          // twice: a character is about half as wide as it is high
          line.append(shade).append(shade);
        }
        pad(line);
      }
      flush(line, text);
    }
    return text.toString();
  }

  private static char shade(int pixel) {
    return SHADES.charAt(pixel * (SHADES.length() - 1) / Digits.INK);
  }

  private static void pad(StringBuilder line) {
    line.append(" ".repeat(COLUMN - line.length() % COLUMN));
  }

  private static void flush(StringBuilder line, StringBuilder text) {
    text.append(line.toString().stripTrailing()).append('\n');
    line.setLength(0);
  }
}
