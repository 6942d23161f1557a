package fluxion.backend.cpu.lines;

import static fluxion.backend.cpu.lines.FloatLine.LANES;
import static fluxion.backend.cpu.lines.FloatLine.LENGTH;
import static fluxion.backend.cpu.lines.FloatLine.TAME;
import static fluxion.backend.cpu.lines.FloatLine.all;
import static fluxion.backend.cpu.lines.FloatLine.load;

import fluxion.backend.cpu.workers.Warmup;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops of softmax, of its logarithm and of their gradients, on a group of lines of float32.
 *
 * <p>A step is done for all lines of a group before the next one begins: combining a line's lanes
 * takes as long as a good part of the line, as each addition waits for the one before, and the
 * lines of a group do so side by side. A group stays in the first or second cache meanwhile.
 *
 * <p>An object is the working memory of one thread.
 */
public final class FloatSoftmax {
  /** The most lines of a group. */
  public static final int GROUP = 4;

  /** The longest line: one block of a reduction. */
  private static final int LONGEST = 16_384;

  /** From how many elements on it pays to make the loops fast. */
  private static final long MANY = 1 << 14;

  private static final VectorSpecies<Float> QUARTER = FloatVector.SPECIES_128;
  private static final int TRIAL_RUNS = 8;
  private static final int TRIAL_LINE = 256 + 5;

  /** How long compiled loops take for a trial at most; others take ten times as long. */
  private static final long TRIAL_NANOS = 200_000;

  private static final Warmup WARMUP = new Warmup(FloatSoftmax::isFast);

  private final int n;
  private final float[] lanes = new float[GROUP * LANES];
  private final float[] rest = new float[LANES];
  private final float[] otherRest = new float[LANES];
  private final float[] highs = new float[GROUP * LENGTH];
  private final float[] lows = new float[GROUP * LENGTH];
  private final float[] checks = new float[GROUP * LENGTH];
  private final float[] maxima = new float[GROUP];
  private final float[] sums = new float[GROUP];

  /**
   * Memory for lines.
   *
   * @param length how many elements each has
   */
  public FloatSoftmax(int length) {
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
   * Stores the softmax of lines.
   *
   * @param x what is read
   * @param from where each line of it starts
   * @param y what is written, which may be what is read
   * @param to where each line of it starts
   * @param lines how many lines there are, at most {@link #GROUP}
   */
  public void softmax(float[] x, int[] from, float[] y, int[] to, int lines) {
    maxima(x, from, lines);
    for (int line = 0; line < lines; line++) {
      exponentials(x, from[line], y, to[line], line);
    }
    FloatLine.sums(lanes, sums);
    for (int line = 0; line < lines; line++) {
      divide(y, to[line], sums[line]);
    }
  }

  /**
   * Stores {@code exp(x − max)} of lines, with the largest element that is no NaN of a line and of
   * what came before it.
   *
   * @param x what is read
   * @param from where each line of it starts
   * @param lines how many lines there are, at most {@link #GROUP}
   * @param y what is written, which may be what is read
   * @param to where each line of it starts
   * @param allMaxima the largest elements before, and takes those of now
   * @param maximum where the first line's is
   * @param allSums takes the sum of each line
   * @param at where the first goes
   */
  public void sums(
      float[] x,
      int[] from,
      int lines,
      float[] y,
      int[] to,
      float[] allMaxima,
      int maximum,
      float[] allSums,
      int at) {
    maxima(x, from, lines);
    for (int line = 0; line < lines; line++) {
      maxima[line] = Math.max(maxima[line], allMaxima[maximum + line]);
      exponentials(x, from[line], y, to[line], line);
    }
    FloatLine.sums(lanes, sums);
    System.arraycopy(maxima, 0, allMaxima, maximum, lines);
    System.arraycopy(sums, 0, allSums, at, lines);
  }

  /** Finds the largest element of each line that is no NaN, or −∞. */
  private void maxima(float[] x, int[] from, int lines) {
    for (int line = 0; line < lines; line++) {
      extremes(x, from[line], line * LENGTH);
    }
    for (int line = 0; line < lines; line++) {
      quarter(line);
    }
    for (int line = 0; line < lines; line++) {
      int at = line * LENGTH;
      float max =
          Math.max(Math.max(highs[at], highs[at + 1]), Math.max(highs[at + 2], highs[at + 3]));
      for (int i = from[line] + (n & -LENGTH); i < from[line] + n; i++) {
        max = x[i] > max ? x[i] : max;
      }
      maxima[line] = max;
    }
  }

  /** Leaves the largest elements of a line in its first lanes. */
  private void quarter(int line) {
    int at = line * LENGTH;
    FloatVector high = FloatVector.fromArray(QUARTER, highs, at);
    for (int lane = QUARTER.length(); lane < LENGTH; lane += QUARTER.length()) {
      FloatVector other = FloatVector.fromArray(QUARTER, highs, at + lane);
      high = high.blend(other, other.compare(VectorOperators.GT, high));
    }
    high.intoArray(highs, at);
  }

  /**
   * {@return whether no exponential of a line's whole vectors is less than the least that the fast
   * loops compute, and none is of a NaN}
   */
  private boolean isTame(int line) {
    FloatVector check = load(checks, line * LENGTH);
    return load(lows, line * LENGTH)
        .sub(all(maxima[line]))
        .compare(VectorOperators.GE, TAME)
        .and(check.sub(check).compare(VectorOperators.EQ, 0))
        .allTrue();
  }

  /**
   * Finds, lane by lane, the largest element, the smallest and the sum, which is not finite where
   * an element is not. Elements behind the last whole vector are left out.
   */
  private void extremes(float[] x, int from, int at) {
    FloatVector a = all(Float.NEGATIVE_INFINITY);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    FloatVector low = all(Float.POSITIVE_INFINITY);
    FloatVector low2 = low;
    FloatVector sum = all(0);
    FloatVector sum2 = sum;
    int i = from;
    int end = from + (n & -(4 * LENGTH));
    for (; i < end; i += 4 * LENGTH) {
      FloatVector e = load(x, i);
      FloatVector f = load(x, i + LENGTH);
      FloatVector g = load(x, i + 2 * LENGTH);
      FloatVector h = load(x, i + 3 * LENGTH);
      a = a.blend(e, e.compare(VectorOperators.GT, a));
      b = b.blend(f, f.compare(VectorOperators.GT, b));
      c = c.blend(g, g.compare(VectorOperators.GT, c));
      d = d.blend(h, h.compare(VectorOperators.GT, d));
      low = low.blend(e, e.compare(VectorOperators.LT, low));
      low2 = low2.blend(f, f.compare(VectorOperators.LT, low2));
      low = low.blend(g, g.compare(VectorOperators.LT, low));
      low2 = low2.blend(h, h.compare(VectorOperators.LT, low2));
      sum = sum.add(e);
      sum2 = sum2.add(f);
      sum = sum.add(g);
      sum2 = sum2.add(h);
    }
    end = from + (n & -LENGTH);
    for (; i < end; i += LENGTH) {
      FloatVector e = load(x, i);
      a = a.blend(e, e.compare(VectorOperators.GT, a));
      low = low.blend(e, e.compare(VectorOperators.LT, low));
      sum = sum.add(e);
    }
    a = a.blend(b, b.compare(VectorOperators.GT, a));
    c = c.blend(d, d.compare(VectorOperators.GT, c));
    a.blend(c, c.compare(VectorOperators.GT, a)).intoArray(highs, at);
    low.blend(low2, low2.compare(VectorOperators.LT, low)).intoArray(lows, at);
    sum.add(sum2).intoArray(checks, at);
  }

  /** Stores {@code exp(x − max)} of a line, and leaves its sum in the line's lanes. */
  private void exponentials(float[] x, int from, float[] y, int to, int line) {
    float max = maxima[line];
    int at = line * LANES;
    int whole = n & -LANES;
    if (isTame(line)) {
      for (int lane = 0; lane < LANES; lane += 2 * LENGTH) {
        FloatLine.tameExponentials(
            x, from + lane, from + whole, max, y, to + lane, lanes, at + lane);
      }
    } else {
      Arrays.fill(lanes, at, at + LANES, 0);
      exponentials(x, from, whole, max, y, to, at);
    }
    if (whole < n) {
      int left = FloatLine.rest(x, from, n, rest, Float.NEGATIVE_INFINITY);
      exponentials(rest, 0, LANES, max, rest, 0, at);
      System.arraycopy(rest, 0, y, to + whole, left);
    }
  }

  /** Stores {@code exp(x − max)} of any elements, and adds them to the lanes. */
  private void exponentials(float[] x, int from, int count, float max, float[] y, int to, int at) {
    for (int lane = 0; lane < LANES; lane += LENGTH) {
      FloatLine.exponentials(x, from + lane, from + count, max, y, to + lane, lanes, at + lane);
    }
  }

  private void divide(float[] y, int at, float divisor) {
    FloatVector all = all(divisor);
    int i = 0;
    for (int end = FloatLine.unaligned(at, n); i < end; i++) {
      y[at + i] /= divisor;
    }
    for (; i + LENGTH <= n; i += LENGTH) {
      load(y, at + i).div(all).intoArray(y, at + i);
    }
    for (; i < n; i++) {
      y[at + i] /= divisor;
    }
  }

  /**
   * Stores {@code (x − max) − log} of a line.
   *
   * @param x what is read
   * @param from the first element
   * @param max what is taken off first
   * @param log what is taken off then
   * @param y what is written, which may be what is read
   * @param to the place of the first
   */
  public void shift(float[] x, int from, float max, float log, float[] y, int to) {
    FloatVector first = all(max);
    FloatVector second = all(log);
    int i = 0;
    for (int end = FloatLine.unaligned(to, n); i < end; i++) {
      y[to + i] = x[from + i] - max - log;
    }
    for (; i + LENGTH <= n; i += LENGTH) {
      load(x, from + i).sub(first).sub(second).intoArray(y, to + i);
    }
    for (; i < n; i++) {
      y[to + i] = x[from + i] - max - log;
    }
  }

  /**
   * Stores the gradient of softmax, {@code (g − Σ g·y) · y}, of lines.
   *
   * @param g the cotangent
   * @param gFrom where each line of it starts
   * @param y the result of softmax
   * @param yFrom where each line of it starts
   * @param target what is written, which may be what is read
   * @param to where each line of it starts
   * @param lines how many lines there are, at most {@link #GROUP}
   */
  public void gradient(
      float[] g, int[] gFrom, float[] y, int[] yFrom, float[] target, int[] to, int lines) {
    for (int line = 0; line < lines; line++) {
      FloatLine.products(g, gFrom[line], y, yFrom[line], n, lanes, line * LANES);
    }
    FloatLine.sums(lanes, sums);
    for (int line = 0; line < lines; line++) {
      differences(g, gFrom[line], sums[line], y, yFrom[line], target, to[line]);
    }
  }

  private void differences(
      float[] g, int gFrom, float sum, float[] y, int yFrom, float[] target, int to) {
    FloatVector all = all(sum);
    int i = 0;
    for (int end = FloatLine.unaligned(to, n); i < end; i++) {
      target[to + i] = (g[gFrom + i] - sum) * y[yFrom + i];
    }
    for (; i + LENGTH <= n; i += LENGTH) {
      load(g, gFrom + i).sub(all).mul(load(y, yFrom + i)).intoArray(target, to + i);
    }
    for (; i < n; i++) {
      target[to + i] = (g[gFrom + i] - sum) * y[yFrom + i];
    }
  }

  /**
   * Stores the gradient of the logarithm of softmax, {@code g − exp(y) · Σ g}, of lines.
   *
   * @param g the cotangent
   * @param gFrom where each line of it starts
   * @param y the logarithm of softmax
   * @param yFrom where each line of it starts
   * @param target what is written, which may be what is read
   * @param to where each line of it starts
   * @param lines how many lines there are, at most {@link #GROUP}
   */
  public void logarithmGradient(
      float[] g, int[] gFrom, float[] y, int[] yFrom, float[] target, int[] to, int lines) {
    for (int line = 0; line < lines; line++) {
      FloatLine.summands(g, gFrom[line], n, lanes, line * LANES);
    }
    FloatLine.sums(lanes, sums);
    for (int line = 0; line < lines; line++) {
      logarithmGradient(g, gFrom[line], sums[line], y, yFrom[line], target, to[line]);
    }
  }

  private void logarithmGradient(
      float[] g, int gFrom, float sum, float[] y, int yFrom, float[] target, int to) {
    int whole = n & -LANES;
    FloatLine.withoutExponentials(g, gFrom, whole, sum, y, yFrom, target, to);
    if (whole < n) {
      FloatLine.rest(y, yFrom, n, rest, 0);
      int left = FloatLine.rest(g, gFrom, n, otherRest, 0);
      FloatLine.withoutExponentials(otherRest, 0, LANES, sum, rest, 0, rest, 0);
      System.arraycopy(rest, 0, target, to + whole, left);
    }
  }

  /** Runs all loops on little data, timed. */
  private static boolean isFast() {
    float[] x = new float[GROUP * TRIAL_LINE];
    float[] y = new float[x.length];
    float[] sums = new float[GROUP];
    float[] maxima = new float[GROUP];
    int[] starts = {0, TRIAL_LINE, 2 * TRIAL_LINE, 3 * TRIAL_LINE};
    // one line that only the loops for any elements take
    x[0] = 2 * TAME;
    long start = System.nanoTime();
    for (int run = 0; run < TRIAL_RUNS; run++) {
      FloatSoftmax lines = new FloatSoftmax(TRIAL_LINE);
      lines.sums(x, starts, GROUP, y, starts, maxima, 0, sums, 0);
      lines.shift(x, 0, sums[0], sums[1], y, 0);
      lines.logarithmGradient(x, starts, y, starts, y, starts, GROUP);
      lines.softmax(x, starts, y, starts, GROUP);
      lines.gradient(x, starts, y, starts, y, starts, GROUP);
    }
    return System.nanoTime() - start < TRIAL_NANOS;
  }
}
