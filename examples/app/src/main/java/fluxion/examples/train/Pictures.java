package fluxion.examples.train;

import java.util.List;

/**
 * Images as text, several side by side, each under a line that says what it was taken for. A
 * character is about half as wide as it is high: small images have two for each pixel, larger ones
 * one for each block of pixels that is twice as high as wide.
 */
final class Pictures {
  private static final String SHADES = " .:-=+*#%@";
  private static final int GAP = 4;
  private static final int LARGEST_DOUBLED = 16;
  private static final int LINE = 100;

  private final Images images;
  private final int[] predicted;
  private final boolean doubled;
  private final int block;
  private final int column;

  /**
   * Prepares to draw.
   *
   * @param images the images with their classes
   * @param predicted what they were taken for
   */
  Pictures(Images images, int[] predicted) {
    this.images = images;
    this.predicted = predicted;
    int width = images.format().width();
    doubled = width <= LARGEST_DOUBLED;
    block = Math.ceilDiv(width, 2 * LARGEST_DOUBLED);
    column = (doubled ? Math.max(2 * width, LARGEST_DOUBLED) : Math.ceilDiv(width, block)) + GAP;
  }

  /** {@return how many images fit side by side} */
  int fitting() {
    return Math.max(LINE / column, 1);
  }

  /**
   * {@return a row of images}
   *
   * @param which the images to show
   */
  String draw(List<Integer> which) {
    StringBuilder text = new StringBuilder();
    StringBuilder line = new StringBuilder();
    for (int image : which) {
      pad(line.append(images.classOf(image)).append(" read as ").append(predicted[image]));
    }
    flush(line, text);
    int rows = doubled ? 1 : 2 * block;
    for (int row = 0; row < images.format().height(); row += rows) {
      for (int image : which) {
        drawRow(image, row, rows, line);
        pad(line);
      }
      flush(line, text);
    }
    return text.toString();
  }

  private void drawRow(int image, int row, int rows, StringBuilder line) {
    for (int left = 0; left < images.format().width(); left += block) {
      char shade = shade(image, row, rows, left);
      line.append(shade);
      if (doubled) {
        line.append(shade);
      }
    }
  }

  /** The mean shade of a block of pixels. */
  private char shade(int image, int row, int rows, int left) {
    Images.Format format = images.format();
    long sum = 0;
    long count = 0;
    for (int r = row; r < Math.min(row + rows, format.height()); r++) {
      for (int c = left; c < Math.min(left + block, format.width()); c++) {
        sum += images.pixel(image, r, c);
        count++;
      }
    }
    return SHADES.charAt((int) (sum * (SHADES.length() - 1) / (count * format.ink())));
  }

  private void pad(StringBuilder line) {
    line.append(" ".repeat(column - line.length() % column));
  }

  private static void flush(StringBuilder line, StringBuilder text) {
    text.append(line.toString().stripTrailing()).append('\n');
    line.setLength(0);
  }
}
