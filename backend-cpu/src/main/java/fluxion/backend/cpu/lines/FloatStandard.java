package fluxion.backend.cpu.lines;

import static fluxion.backend.cpu.lines.FloatLine.LANES;
import static fluxion.backend.cpu.lines.FloatLine.LENGTH;
import static fluxion.backend.cpu.lines.FloatLine.all;
import static fluxion.backend.cpu.lines.FloatLine.load;

import fluxion.backend.cpu.workers.Warmup;
import jdk.incubator.vector.FloatVector;

/**
 * The loops of standardised lines of float32 and of their gradient, on a group of lines. Lines are
 * summed as a reduction sums them. An object is the working memory of one thread.
 */
public final class FloatStandard {
  /** The most lines of a group. */
  public static final int GROUP = FloatSoftmax.GROUP;

  /** The longest line: one block of a reduction. */
  private static final int LONGEST = 16_384;

  /** From how many elements on it pays to make the loops fast. */
  private static final long MANY = 1 << 14;

  private static final int TRIAL_RUNS = 8;
  private static final int TRIAL_LINE = 256 + 5;

  /** How long compiled loops take for a trial at most; others take ten times as long. */
  private static final long TRIAL_NANOS = 100_000;

  private static final Warmup WARMUP = new Warmup(FloatStandard::isFast);

  private final int n;
  private final float[] lanes = new float[GROUP * LANES];
  private final float[] otherLanes = new float[GROUP * LANES];
  private final float[] rstd = new float[GROUP];
  private final float[] mean = new float[GROUP];
  private final float[] variance = new float[GROUP];

  /**
   * Memory for lines.
   *
   * @param length how many elements each has
   */
  public FloatStandard(int length) {
    this.n = length;
  }

  /**
   * {@return whether the loops are to be used}
   *
   * @param length the elements of a line
   * @param elements the elements of all lines of the call
   */
  public static boolean takes(int length, long elements) {
    return length <= LONGEST && (elements >= MANY ? WARMUP.isDone() : WARMUP.wasDone());
  }

  /**
   * Stores {@code (x − mean) · rstd} of lines, and keeps their statistics.
   *
   * @param x what is read
   * @param from where each line of it starts
   * @param y what is written
   * @param to where each line of it starts
   * @param lines how many lines there are, at most {@link #GROUP}
   * @param eps what is added to the variance
   */
  public void standardize(float[] x, int[] from, float[] y, int[] to, int lines, float eps) {
    for (int line = 0; line < lines; line++) {
      FloatLine.summands(x, from[line], n, lanes, line * LANES);
    }
    FloatLine.sums(lanes, mean);
    for (int line = 0; line < lines; line++) {
      mean[line] /= n;
      squares(x, from[line], mean[line], line * LANES);
    }
    FloatLine.sums(lanes, variance);
    for (int line = 0; line < lines; line++) {
      variance[line] /= n;
      rstd[line] = 1 / (float) Math.sqrt(variance[line] + eps);
      results(x, from[line], mean[line], rstd[line], y, to[line]);
    }
  }

  /**
   * Stores a statistic of the lines.
   *
   * @param which 0 for rstd, 1 for the mean, 2 for the variance
   * @param target takes it
   * @param at where the first line's goes
   * @param lines how many lines there are
   */
  public void store(int which, float[] target, int at, int lines) {
    float[] source = which == 0 ? rstd : which == 1 ? mean : variance;
    System.arraycopy(source, 0, target, at, lines);
  }

  private void squares(float[] x, int from, float mean, int at) {
    int whole = n & -LANES;
    FloatVector shift = all(mean);
    for (int lane = 0; lane < LANES; lane += 2 * LENGTH) {
      FloatVector a = all(0);
      FloatVector b = a;
      for (int i = lane; i < whole; i += LANES) {
        FloatVector c = load(x, from + i).sub(shift);
        FloatVector d = load(x, from + i + LENGTH).sub(shift);
        a = a.add(c.mul(c));
        b = b.add(d.mul(d));
      }
      a.intoArray(lanes, at + lane);
      b.intoArray(lanes, at + lane + LENGTH);
    }
    for (int i = whole; i < n; i++) {
      float difference = x[from + i] - mean;
      lanes[at + i - whole] += difference * difference;
    }
  }

  private void results(float[] x, int from, float mean, float rstd, float[] y, int to) {
    FloatVector shift = all(mean);
    FloatVector factor = all(rstd);
    int i = 0;
    for (; i + LENGTH <= n; i += LENGTH) {
      load(x, from + i).sub(shift).mul(factor).intoArray(y, to + i);
    }
    for (; i < n; i++) {
      y[to + i] = (x[from + i] - mean) * rstd;
    }
  }

  /**
   * Stores {@code (g − mean(g) − y · mean(g · y)) · rstd} of lines.
   *
   * @param arrays the cotangent g, the standardised lines y, and what is written
   * @param starts where each line of these starts
   * @param roots the values of rstd
   * @param at where the first line's is
   * @param lines how many lines there are, at most {@link #GROUP}
   */
  public void gradient(float[][] arrays, int[][] starts, float[] roots, int at, int lines) {
    float[] g = arrays[0];
    float[] y = arrays[1];
    for (int line = 0; line < lines; line++) {
      FloatLine.summands(g, starts[0][line], n, lanes, line * LANES);
      FloatLine.products(g, starts[0][line], y, starts[1][line], n, otherLanes, line * LANES);
    }
    FloatLine.sums(lanes, mean);
    FloatLine.sums(otherLanes, variance);
    for (int line = 0; line < lines; line++) {
      slopes(
          g,
          starts[0][line],
          mean[line] / n,
          y,
          starts[1][line],
          variance[line] / n,
          roots[at + line],
          arrays[2],
          starts[2][line]);
    }
  }

  private void slopes(
      float[] g,
      int gFrom,
      float mean,
      float[] y,
      int yFrom,
      float product,
      float rstd,
      float[] target,
      int to) {
    FloatVector first = all(mean);
    FloatVector second = all(product);
    FloatVector factor = all(rstd);
    int i = 0;
    for (; i + LENGTH <= n; i += LENGTH) {
      load(g, gFrom + i)
          .sub(first)
          .sub(load(y, yFrom + i).mul(second))
          .mul(factor)
          .intoArray(target, to + i);
    }
    for (; i < n; i++) {
      target[to + i] = (g[gFrom + i] - mean - y[yFrom + i] * product) * rstd;
    }
  }

  /** Runs all loops on little data, timed. */
  private static boolean isFast() {
    float[] x = new float[GROUP * TRIAL_LINE];
    float[] y = new float[x.length];
    int[] starts = {0, TRIAL_LINE, 2 * TRIAL_LINE, 3 * TRIAL_LINE};
    long start = System.nanoTime();
    for (int run = 0; run < TRIAL_RUNS; run++) {
      FloatStandard lines = new FloatStandard(TRIAL_LINE);
      lines.standardize(x, starts, y, starts, GROUP, 1);
      lines.gradient(new float[][] {x, y, x}, new int[][] {starts, starts, starts}, y, 0, GROUP);
    }
    return System.nanoTime() - start < TRIAL_NANOS;
  }
}
