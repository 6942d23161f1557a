package fluxion.examples.train;

import java.util.Locale;

/** How often each class was taken for which. */
final class ConfusionMatrix {
  private final int[][] counts = new int[Digits.CLASSES][Digits.CLASSES];
  private int total;
  private int right;

  /**
   * Counts all images of a set.
   *
   * @param digits the images with their classes
   * @param predicted what they were taken for
   */
  ConfusionMatrix(Digits digits, int[] predicted) {
    for (int i = 0; i < predicted.length; i++) {
      counts[digits.classOf(i)][predicted[i]]++;
      total++;
      right += digits.classOf(i) == predicted[i] ? 1 : 0;
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
    for (int predicted = 0; predicted < Digits.CLASSES; predicted++) {
      text.append(String.format(Locale.ROOT, "%5d", predicted));
    }
    text.append("   <- prediction\n------+").append("-".repeat(5 * Digits.CLASSES)).append('\n');
    for (int actual = 0; actual < Digits.CLASSES; actual++) {
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
