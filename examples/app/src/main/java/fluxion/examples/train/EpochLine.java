package fluxion.examples.train;

import java.io.PrintStream;
import java.util.Locale;

/**
 * The line of an epoch: on a terminal it counts images while they are learned from, and everywhere
 * it ends with what came of them.
 */
final class EpochLine {
  /** As wide as the longest text that is drawn over. */
  private static final int WIDTH = 60;

  private final PrintStream out;
  private final boolean redraw;
  private final String name;
  private int shown = -1;

  /**
   * Begins.
   *
   * @param out where it is drawn
   * @param redraw whether {@code out} is a terminal
   * @param epoch the number of the epoch, from 1
   * @param epochs how many there are
   */
  EpochLine(PrintStream out, boolean redraw, int epoch, int epochs) {
    this.out = out;
    this.redraw = redraw;
    this.name = "epoch " + epoch + "/" + epochs + ": ";
  }

  /**
   * Goes on within the epoch.
   *
   * @param seen the images seen since the epoch began
   * @param all the images of an epoch
   */
  void images(int seen, int all) {
    int percent = (int) (100L * seen / all);
    if (redraw && percent != shown) {
      shown = percent;
      out.print("\r" + name + seen + " of " + all + " images (" + percent + " %)");
      out.flush();
    }
  }

  /**
   * Ends the line.
   *
   * @param loss the mean loss
   * @param accuracy the share of test images that were recognised
   * @param seconds how long the epoch took
   */
  void end(double loss, double accuracy, double seconds) {
    String text =
        String.format(
            Locale.ROOT,
            "%smean loss %.4f, test accuracy %.2f %%, %.1f s",
            name,
            loss,
            100 * accuracy,
            seconds);
    out.println(redraw ? "\r" + text + " ".repeat(Math.max(0, WIDTH - text.length())) : text);
    out.flush();
  }
}
