package fluxion.nn.training;

import fluxion.api.ArgumentException;
import java.io.Console;
import java.io.PrintStream;
import java.util.Locale;

/**
 * A bar that fills as training goes on. On a terminal it is one line that is drawn over and over;
 * elsewhere it is one line an epoch.
 *
 * {@snippet :
 * try (var bar = new ProgressBar(System.out, ProgressBar.isTerminal(), epochs, images)) {
 *   bar.update(seen);                            // as often as one likes
 *   bar.epoch("loss 0.1234  accuracy 97.5 %");
 * }
 * }
 */
public final class ProgressBar implements AutoCloseable {
  private static final int WIDTH = 30;

  private final PrintStream out;
  private final boolean redraw;
  private final int epochs;
  private final long items;
  private String figures = "";
  private int epoch;
  private int shown = -1;
  private int longest;

  /**
   * Begins with an empty bar.
   *
   * @param out where it is drawn
   * @param redraw whether that is a terminal
   * @param epochs the number of epochs
   * @param items how much an epoch has: examples, batches or steps
   * @throws ArgumentException if there are no epochs or no items
   */
  public ProgressBar(PrintStream out, boolean redraw, int epochs, long items) {
    if (epochs < 1 || items < 1) {
      throw new ArgumentException(
          "a progress bar needs epochs and items, not " + epochs + " and " + items);
    }
    this.out = out;
    this.redraw = redraw;
    this.epochs = epochs;
    this.items = items;
  }

  /** {@return whether this program's input and output are a terminal} */
  // there is no console on JDK 25 unless both input and output are a terminal
  @SuppressWarnings("SystemConsoleNull")
  public static boolean isTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  /**
   * Goes on from where an earlier run has come to.
   *
   * @param done the epochs that it has ended
   * @throws ArgumentException if that is negative, or there are not so many
   */
  public void resume(int done) {
    if (done < 0 || done > epochs) {
      throw new ArgumentException(done + " epochs are done of " + epochs);
    }
    epoch = done;
  }

  /**
   * Goes on within an epoch.
   *
   * @param seen the items seen since the epoch began
   */
  public void update(long seen) {
    int filled = filled(seen);
    if (redraw && filled != shown) {
      draw(Math.min(epoch + 1, epochs), filled);
    }
  }

  /**
   * Ends an epoch.
   *
   * @param result what came of it, to be shown from now on; may be empty
   */
  public void epoch(String result) {
    epoch++;
    figures = result.isEmpty() ? "" : "  " + result;
    draw(epoch, filled(0));
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
    double done = (epoch + (double) seen / items) / epochs;
    // a little more, so that what is whole does not fall short of it by rounding
    return Math.clamp((long) (WIDTH * done + 1e-9), 0, WIDTH);
  }

  private void draw(int number, int filled) {
    shown = filled;
    int digits = Integer.toString(epochs).length();
    String bar = "=".repeat(filled) + " ".repeat(WIDTH - filled);
    String line =
        String.format(
            Locale.ROOT, "epoch %" + digits + "d/%d [%s]%s", number, epochs, bar, figures);
    // what is left of a longer line is drawn over, too
    int rest = redraw ? Math.max(0, longest - line.length()) : 0;
    longest = Math.max(longest, line.length());
    out.print((redraw ? "\r" : "") + line + " ".repeat(rest));
    out.flush();
  }
}
