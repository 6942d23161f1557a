package fluxion.examples.train;

import java.io.PrintStream;
import java.util.Locale;

/**
 * A bar that fills as training goes on, with loss and accuracy. On a terminal it is one line that
 * is drawn over and over; elsewhere it is one line an epoch.
 */
final class ProgressBar implements AutoCloseable {
  private static final int WIDTH = 30;

  private final PrintStream out;
  private final boolean redraw;
  private final int epochs;
  private final int images;
  private String figures = "";
  private int epoch;
  private int shown = -1;

  /**
   * Begins with an empty bar.
   *
   * @param out where it is drawn
   * @param redraw whether {@code out} is a terminal
   * @param epochs the number of epochs
   * @param images the number of images an epoch
   */
  ProgressBar(PrintStream out, boolean redraw, int epochs, int images) {
    this.out = out;
    this.redraw = redraw;
    this.epochs = epochs;
    this.images = images;
  }

  /**
   * Goes on within an epoch.
   *
   * @param seen the images seen since the epoch began
   */
  void images(int seen) {
    int filled = filled(epoch * (long) images + seen);
    if (redraw && filled != shown) {
      draw(epoch + 1, filled);
    }
  }

  /**
   * Ends an epoch.
   *
   * @param result what came of it
   */
  void epoch(Trainer.Epoch result) {
    epoch++;
    figures =
        String.format(
            Locale.ROOT, "  loss %.4f  accuracy %5.1f %%", result.loss(), 100 * result.accuracy());
    draw(epoch, filled(epoch * (long) images));
    if (!redraw) {
      out.println();
    }
  }

  /** Ends the line that was drawn over. */
  @Override
  public void close() {
    if (redraw && shown >= 0) {
      out.println();
    }
  }

  private int filled(long seen) {
    return (int) (WIDTH * seen / ((long) epochs * images));
  }

  private void draw(int number, int filled) {
    shown = filled;
    int digits = Integer.toString(epochs).length();
    String bar = "=".repeat(filled) + " ".repeat(WIDTH - filled);
    out.print(redraw ? "\r" : "");
    out.printf(Locale.ROOT, "epoch %" + digits + "d/%d [%s]%s", number, epochs, bar, figures);
    out.flush();
  }
}
