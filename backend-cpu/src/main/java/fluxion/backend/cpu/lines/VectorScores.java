package fluxion.backend.cpu.lines;

import static fluxion.backend.cpu.lines.FloatLine.LENGTH;
import static fluxion.backend.cpu.lines.FloatLine.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import org.jspecify.annotations.Nullable;

/** Over vectors. An object is the working memory of one thread. */
final class VectorScores extends ScoreLoops {
  private static final int TRIAL_RUNS = 8;
  private static final int TRIAL_LINE = 256 + 5;
  private static final int TRIAL_STEP = 272;
  private static final int TRIAL_ROWS = 4;

  /** How long compiled loops take for a trial at most; others take ten times as long. */
  private static final long TRIAL_NANOS = 120_000;

  private final int[] starts = new int[FloatSoftmax.GROUP];
  private @Nullable FloatSoftmax lines;
  private int length;

  private FloatSoftmax lines(int n) {
    FloatSoftmax found = lines;
    if (found == null || length != n) {
      found = new FloatSoftmax(n);
      lines = found;
      length = n;
    }
    return found;
  }

  @Override
  public void exponentials(
      float[] x, int from, int step, int rows, int n, float[] maxima, float[] sums, int at) {
    FloatSoftmax softmax = lines(n);
    for (int row = 0; row < rows; row += FloatSoftmax.GROUP) {
      int group = Math.min(FloatSoftmax.GROUP, rows - row);
      for (int i = 0; i < group; i++) {
        starts[i] = from + (row + i) * step;
      }
      softmax.sums(x, starts, group, x, starts, maxima, at + row, sums, row);
    }
  }

  @Override
  public void mask(float[] x, int at, int n, int mask, boolean replaces) {
    FloatVector hidden = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    if (replaces) {
      for (int i = 0; i < n; i += LENGTH) {
        FloatVector summand = FloatVector.fromArray(SPECIES, x, mask + i);
        FloatVector.fromArray(SPECIES, x, at + i)
            .blend(hidden, summand.compare(VectorOperators.EQ, hidden))
            .intoArray(x, at + i);
      }
    } else {
      for (int i = 0; i < n; i += LENGTH) {
        FloatVector summand = FloatVector.fromArray(SPECIES, x, mask + i);
        FloatVector.fromArray(SPECIES, x, at + i).add(summand).intoArray(x, at + i);
      }
    }
  }

  @Override
  public void gradients(float[] x, int at, int gradients, int n, int lse, int dots) {
    FloatVector least = FloatVector.broadcast(SPECIES, FloatLine.LEAST);
    FloatVector log2e = FloatVector.broadcast(SPECIES, FloatLine.LOG2_E);
    FloatVector magic = FloatVector.broadcast(SPECIES, FloatLine.MAGIC);
    FloatVector ln2 = FloatVector.broadcast(SPECIES, -FloatLine.LN2);
    FloatVector ln2Rest = FloatVector.broadcast(SPECIES, -FloatLine.LN2_REST);
    FloatVector p0 = FloatVector.broadcast(SPECIES, FloatLine.P0);
    FloatVector p1 = FloatVector.broadcast(SPECIES, FloatLine.P1);
    FloatVector p2 = FloatVector.broadcast(SPECIES, FloatLine.P2);
    FloatVector p3 = FloatVector.broadcast(SPECIES, FloatLine.P3);
    FloatVector p4 = FloatVector.broadcast(SPECIES, FloatLine.P4);
    FloatVector one = FloatVector.broadcast(SPECIES, 1);
    IntVector oneBits = one.reinterpretAsInts();
    for (int i = 0; i < n; i += LENGTH) {
      FloatVector c =
          FloatVector.fromArray(SPECIES, x, at + i).sub(FloatVector.fromArray(SPECIES, x, lse + i));
      c = c.blend(least, c.compare(VectorOperators.LT, least));
      FloatVector sum = c.fma(log2e, magic);
      FloatVector m = sum.sub(magic);
      c = m.fma(ln2Rest, m.fma(ln2, c));
      FloatVector e = p4.fma(c, p3).fma(c, p2).fma(c, p1).fma(c, p0).fma(c, one).fma(c, one);
      IntVector bits = sum.reinterpretAsInts();
      IntVector half =
          bits.lanewise(VectorOperators.ASHR, 1).lanewise(VectorOperators.LSHL, FloatLine.FRACTION);
      IntVector other = bits.lanewise(VectorOperators.LSHL, FloatLine.FRACTION).sub(half);
      e = e.mul(half.add(oneBits).reinterpretAsFloats());
      e = e.mul(other.add(oneBits).reinterpretAsFloats());
      e.intoArray(x, at + i);
      FloatVector.fromArray(SPECIES, x, gradients + i)
          .sub(FloatVector.fromArray(SPECIES, x, dots + i))
          .mul(e)
          .intoArray(x, gradients + i);
    }
  }

  /** Runs all loops on little data, timed. */
  static boolean isFast() {
    float[] x = new float[(TRIAL_ROWS + 3) * TRIAL_STEP];
    float[] maxima = new float[TRIAL_ROWS];
    float[] sums = new float[TRIAL_ROWS];
    int next = TRIAL_ROWS * TRIAL_STEP;
    // one row that only the loops for any elements take
    x[0] = 2 * FloatLine.TAME;
    VectorScores scores = new VectorScores();
    long start = System.nanoTime();
    for (int run = 0; run < TRIAL_RUNS; run++) {
      scores.exponentials(x, 0, TRIAL_STEP, TRIAL_ROWS, TRIAL_LINE, maxima, sums, 0);
      for (int row = 0; row < TRIAL_ROWS; row++) {
        int at = row * TRIAL_STEP;
        scores.mask(x, at, TRIAL_LINE, next, (row & 1) == 0);
        scores.gradients(x, at, next, TRIAL_LINE, next + TRIAL_STEP, next + 2 * TRIAL_STEP);
      }
      x[0] = 2 * FloatLine.TAME;
    }
    return System.nanoTime() - start < TRIAL_NANOS;
  }
}
