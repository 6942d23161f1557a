package fluxion.conformance.cli;

import fluxion.conformance.Verdict;
import fluxion.conformance.report.Counts;
import fluxion.conformance.report.Outcome;
import java.io.PrintStream;
import java.util.Locale;

/**
 * Shows how far a run is. On a terminal it is a line that is drawn over and over, with failures
 * above it; elsewhere it is a line a unit, and one a failure.
 */
final class Progress implements AutoCloseable {
  private static final int WIDTH = 24;
  private static final int COLUMNS = 79;
  private static final int MOST_FAILURES = 20;
  private static final long PAUSE = 100_000_000;

  private final PrintStream out;
  private final boolean redraw;
  private final Counts counts = new Counts();
  private String title = "";
  private int checks;
  private int done;
  private long drawn;
  private int length;
  private int failures;
  private String part = "";
  private long percent;

  /**
   * Begins.
   *
   * @param out where it is drawn
   * @param redraw whether {@code out} is a terminal
   */
  Progress(PrintStream out, boolean redraw) {
    this.out = out;
    this.redraw = redraw;
  }

  /**
   * A unit's checks are known.
   *
   * @param name the unit
   * @param number which one it is, from 1
   * @param units how many there are
   * @param checks how many checks it has
   * @param done how many of them were run already, by a worker before
   */
  void unit(String name, int number, int units, int checks, int done) {
    this.checks = checks;
    this.done = done;
    title = name + " (" + number + "/" + units + ")";
    if (redraw) {
      draw();
    } else if (done == 0) {
      out.println(title + ": " + checks + (checks == 1 ? " check" : " checks"));
    }
  }

  /**
   * A check that takes long goes on.
   *
   * @param inputs how many inputs it has tried
   * @param over how much of its time is over, in percent
   */
  void trying(long inputs, long over) {
    part = String.format(Locale.ROOT, ", %,d inputs", inputs);
    percent = over;
    if (redraw) {
      draw();
    }
  }

  /**
   * A case has its verdict.
   *
   * @param outcome what came of it
   */
  void outcome(Outcome outcome) {
    counts.add(outcome.verdict().kind());
    done++;
    part = "";
    percent = 0;
    if (outcome.verdict().kind() == Verdict.Kind.PASS && !outcome.verdict().reason().isEmpty()) {
      clear();
      out.println("PASS " + outcome.id() + "\n     " + outcome.verdict().reason());
    }
    if (outcome.verdict().kind() == Verdict.Kind.FAIL) {
      fail(outcome);
    }
    long now = System.nanoTime();
    if (redraw && now - drawn > PAUSE) {
      drawn = now;
      draw();
    }
  }

  private void fail(Outcome outcome) {
    failures++;
    if (failures <= MOST_FAILURES) {
      clear();
      String reason = outcome.verdict().reason().lines().findFirst().orElse("");
      out.println("FAIL " + outcome.id() + "\n     " + reason);
    } else if (failures == MOST_FAILURES + 1) {
      clear();
      out.println("more failures are in the report");
    }
  }

  private void draw() {
    long over = 100L * done + percent;
    int filled = checks == 0 ? WIDTH : (int) Math.min(WIDTH, WIDTH * over / (100L * checks));
    String line =
        "[%s%s] %d/%d %s: %s"
            .formatted(
                "=".repeat(filled), " ".repeat(WIDTH - filled), done, checks, title + part, counts);
    String cut = line.substring(0, Math.min(line.length(), COLUMNS));
    out.print("\r" + cut + " ".repeat(Math.max(0, length - cut.length())));
    out.flush();
    length = cut.length();
  }

  private void clear() {
    if (redraw && length > 0) {
      out.print("\r" + " ".repeat(length) + "\r");
      length = 0;
    }
  }

  /** Takes the line away that was drawn over. */
  @Override
  public void close() {
    clear();
    out.flush();
  }
}
