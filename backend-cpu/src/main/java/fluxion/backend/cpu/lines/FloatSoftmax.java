package fluxion.backend.cpu.lines;

import static fluxion.backend.cpu.lines.FloatLine.LANES;
import static fluxion.backend.cpu.lines.FloatLine.LENGTH;
import static fluxion.backend.cpu.lines.FloatLine.all;
import static fluxion.backend.cpu.lines.FloatLine.load;

import fluxion.backend.cpu.workers.Warmup;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** The loops of softmax, of its logarithm and of their gradients, on one line of float32. */
public final class FloatSoftmax {
  /** The longest line: one block of a reduction. */
  private static final int LONGEST = 16_384;

  /** From how many elements on it pays to make the loops fast. */
  private static final long MANY = 1 << 14;

  private static final int TRIAL_RUNS = 8;
  private static final int TRIAL_LINE = 256 + 5;

  /** How long compiled loops take for a trial at most; others take ten times as long. */
  private static final long TRIAL_NANOS = 100_000;

  private static final Warmup WARMUP = new Warmup(FloatSoftmax::isFast);

  private FloatSoftmax() {}

  /**
   * {@return whether the loops are to be used}
   *
   * @param length the elements of a line
   * @param elements the elements of all lines of the call
   */
  public static boolean takes(int length, long elements) {
    return length <= LONGEST && (elements >= MANY ? WARMUP.isDone() : WARMUP.wasDone());
  }

  /** {@return memory that one thread hands to the loops} */
  public static float[] scratch() {
    return new float[FloatLine.SCRATCH];
  }

  /**
   * {@return the largest element that is no NaN, or −∞}
   *
   * @param x what is read
   * @param from the first element
   * @param n how many
   * @param scratch memory for intermediate values
   */
  public static float max(float[] x, int from, int n, float[] scratch) {
    FloatVector a = all(Float.NEGATIVE_INFINITY);
    FloatVector b = a;
    int whole = n & -LANES;
    for (int i = from; i < from + whole; i += 2 * LENGTH) {
      FloatVector c = load(x, i);
      FloatVector d = load(x, i + LENGTH);
      a = a.blend(c, c.compare(VectorOperators.GT, a));
      b = b.blend(d, d.compare(VectorOperators.GT, b));
    }
    a.intoArray(scratch, 0);
    b.intoArray(scratch, LENGTH);
    float max = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < 2 * LENGTH; i++) {
      max = scratch[i] > max ? scratch[i] : max;
    }
    for (int i = whole; i < n; i++) {
      max = x[from + i] > max ? x[from + i] : max;
    }
    return max;
  }

  /**
   * Stores {@code exp(x − max)}, and {@return its sum}
   *
   * @param x what is read
   * @param from the first element
   * @param max no less than each element that is no NaN
   * @param y what is written, which may be what is read
   * @param to the place of the first
   * @param n how many
   * @param scratch memory for intermediate values
   */
  public static float exponentials(
      float[] x, int from, float max, float[] y, int to, int n, float[] scratch) {
    FloatLine.clear(scratch);
    FloatVector shift = all(max);
    int whole = n & -LANES;
    for (int i = 0; i < whole; i += LANES) {
      for (int lane = 0; lane < LANES; lane += LENGTH) {
        FloatVector e = FloatLine.expOfAtMost100(load(x, from + i + lane).sub(shift));
        e.intoArray(y, to + i + lane);
        FloatLine.add(scratch, lane, e);
      }
    }
    if (whole < n) {
      int rest = FloatLine.rest(x, from, n, scratch, Float.NEGATIVE_INFINITY);
      restOfExponentials(shift, scratch);
      System.arraycopy(scratch, LANES, y, to + whole, rest);
    }
    return FloatLine.sum(scratch);
  }

  /**
   * {@return the sum of {@code exp(x − max)}}
   *
   * @param x what is read
   * @param from the first element
   * @param max no less than each element that is no NaN
   * @param n how many
   * @param scratch memory for intermediate values
   */
  public static float sumOfExponentials(float[] x, int from, float max, int n, float[] scratch) {
    FloatLine.clear(scratch);
    FloatVector shift = all(max);
    int whole = n & -LANES;
    for (int i = 0; i < whole; i += LANES) {
      for (int lane = 0; lane < LANES; lane += LENGTH) {
        FloatVector e = FloatLine.expOfAtMost100(load(x, from + i + lane).sub(shift));
        FloatLine.add(scratch, lane, e);
      }
    }
    if (whole < n) {
      FloatLine.rest(x, from, n, scratch, Float.NEGATIVE_INFINITY);
      restOfExponentials(shift, scratch);
    }
    return FloatLine.sum(scratch);
  }

  private static void restOfExponentials(FloatVector shift, float[] scratch) {
    for (int lane = 0; lane < LANES; lane += LENGTH) {
      FloatVector e = FloatLine.expOfAtMost100(load(scratch, LANES + lane).sub(shift));
      e.intoArray(scratch, LANES + lane);
      FloatLine.add(scratch, lane, e);
    }
  }

  /**
   * Divides a line by a number.
   *
   * @param y the line
   * @param at its first element
   * @param n how many
   * @param divisor the number
   */
  public static void divide(float[] y, int at, int n, float divisor) {
    FloatVector all = all(divisor);
    int i = 0;
    for (; i + LENGTH <= n; i += LENGTH) {
      load(y, at + i).div(all).intoArray(y, at + i);
    }
    for (; i < n; i++) {
      y[at + i] /= divisor;
    }
  }

  /**
   * Stores {@code (x − max) − log}.
   *
   * @param x what is read
   * @param from the first element
   * @param max what is taken off first
   * @param log what is taken off then
   * @param y what is written, which may be what is read
   * @param to the place of the first
   * @param n how many
   */
  public static void shift(float[] x, int from, float max, float log, float[] y, int to, int n) {
    FloatVector first = all(max);
    FloatVector second = all(log);
    int i = 0;
    for (; i + LENGTH <= n; i += LENGTH) {
      load(x, from + i).sub(first).sub(second).intoArray(y, to + i);
    }
    for (; i < n; i++) {
      y[to + i] = x[from + i] - max - log;
    }
  }

  /**
   * Stores the gradient of softmax, {@code (g − Σ g·y) · y}.
   *
   * @param g the cotangent
   * @param gFrom its first element
   * @param y the result of softmax
   * @param yFrom its first element
   * @param target what is written, which may be what is read
   * @param to the place of the first
   * @param n how many
   * @param scratch memory for intermediate values
   */
  public static void gradient(
      float[] g, int gFrom, float[] y, int yFrom, float[] target, int to, int n, float[] scratch) {
    int whole = n & -LANES;
    for (int lane = 0; lane < LANES; lane += 2 * LENGTH) {
      FloatVector a = all(0);
      FloatVector b = a;
      for (int i = lane; i < whole; i += LANES) {
        a = a.add(load(g, gFrom + i).mul(load(y, yFrom + i)));
        b = b.add(load(g, gFrom + i + LENGTH).mul(load(y, yFrom + i + LENGTH)));
      }
      a.intoArray(scratch, lane);
      b.intoArray(scratch, lane + LENGTH);
    }
    for (int i = whole; i < n; i++) {
      scratch[i - whole] += g[gFrom + i] * y[yFrom + i];
    }
    float sum = FloatLine.sum(scratch);
    FloatVector all = all(sum);
    int i = 0;
    for (; i + LENGTH <= n; i += LENGTH) {
      load(g, gFrom + i).sub(all).mul(load(y, yFrom + i)).intoArray(target, to + i);
    }
    for (; i < n; i++) {
      target[to + i] = (g[gFrom + i] - sum) * y[yFrom + i];
    }
  }

  /**
   * Stores the gradient of the logarithm of softmax, {@code g − exp(y) · Σ g}.
   *
   * @param g the cotangent
   * @param gFrom its first element
   * @param y the logarithm of softmax
   * @param yFrom its first element
   * @param target what is written, which may be what is read
   * @param to the place of the first
   * @param n how many
   * @param scratch memory for intermediate values
   */
  public static void logarithmGradient(
      float[] g, int gFrom, float[] y, int yFrom, float[] target, int to, int n, float[] scratch) {
    int whole = n & -LANES;
    for (int lane = 0; lane < LANES; lane += 2 * LENGTH) {
      FloatVector a = all(0);
      FloatVector b = a;
      for (int i = lane; i < whole; i += LANES) {
        a = a.add(load(g, gFrom + i));
        b = b.add(load(g, gFrom + i + LENGTH));
      }
      a.intoArray(scratch, lane);
      b.intoArray(scratch, lane + LENGTH);
    }
    for (int i = whole; i < n; i++) {
      scratch[i - whole] += g[gFrom + i];
    }
    float sum = FloatLine.sum(scratch);
    FloatVector all = all(sum);
    int rest = FloatLine.rest(y, yFrom, n, scratch, 0);
    for (int lane = 0; lane < LANES; lane += LENGTH) {
      FloatLine.exp(load(scratch, LANES + lane)).mul(all).intoArray(scratch, LANES + lane);
    }
    for (int i = 0; i < whole; i += LENGTH) {
      FloatVector product = FloatLine.exp(load(y, yFrom + i)).mul(all);
      load(g, gFrom + i).sub(product).intoArray(target, to + i);
    }
    for (int i = 0; i < rest; i++) {
      target[to + whole + i] = g[gFrom + whole + i] - scratch[LANES + i];
    }
  }

  /** Runs all loops on little data, timed. */
  private static boolean isFast() {
    float[] x = new float[TRIAL_LINE];
    float[] y = new float[TRIAL_LINE];
    float[] scratch = scratch();
    long start = System.nanoTime();
    for (int run = 0; run < TRIAL_RUNS; run++) {
      float max = max(x, 0, TRIAL_LINE, scratch);
      float log = sumOfExponentials(x, 0, max, TRIAL_LINE, scratch);
      shift(x, 0, max, log, y, 0, TRIAL_LINE);
      logarithmGradient(x, 0, y, 0, y, 0, TRIAL_LINE, scratch);
      divide(y, 0, TRIAL_LINE, exponentials(x, 0, max, y, 0, TRIAL_LINE, scratch));
      gradient(x, 0, y, 0, y, 0, TRIAL_LINE, scratch);
    }
    return System.nanoTime() - start < TRIAL_NANOS;
  }
}
