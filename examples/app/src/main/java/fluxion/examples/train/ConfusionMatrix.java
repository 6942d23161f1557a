package fluxion.examples.train;

import java.util.Locale;

/** How often each class was taken for which. */
final class ConfusionMatrix {
  private final int[][] counts;
  private int total;
  private int right;

  /**
   * Counts all images of a set.
   *
   * @param images the images with their classes
   * @param predicted what they were taken for
   */
  ConfusionMatrix(Images images, int[] predicted) {
    int classes = images.format().classes();
    counts = new int[classes][classes];
    for (int i = 0; i < predicted.length; i++) {
      counts[images.classOf(i)][predicted[i]]++;
      total++;
      right += images.classOf(i) == predicted[i] ? 1 : 0;
    }
  }

  /** {@return the share of images that were taken for what they are} */
  double accuracy() {
    return (double) right / total;
  }

  /** {@return the matrix as a table: a row a class, a column a prediction, a dot for none} */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("class |");
    for (int predicted = 0; predicted < counts.length; predicted++) {
      text.append(String.format(Locale.ROOT, "%5d", predicted));
    }
    text.append("   <- prediction\n------+").append("-".repeat(5 * counts.length)).append('\n');
    for (int actual = 0; actual < counts.length; actual++) {
      text.append(String.format(Locale.ROOT, "%5d |", actual));
      for (int count : counts[actual]) {
        String cell = count == 0 ? "." : Integer.toString(count);
        text.append(String.format(Locale.ROOT, "%5s", cell));
      }
      text.append('\n');
    }
    return text.toString();
  }
}
