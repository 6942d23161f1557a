package fluxion.backend.cpu.lines;

import fluxion.backend.cpu.workers.Warmup;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Max pooling of planes of float32, as many windows at once as a vector has lanes.
 *
 * <p>A plane whose columns windows reach beyond is copied to one with −∞ beside them. A window
 * begins with −∞ at the place of its first element, so that neither what is beside the plane nor a
 * further −∞ wins over it.
 */
public final class FloatMaxPool {
  private static final VectorSpecies<Float> SPECIES = FloatLine.SPECIES;
  private static final VectorSpecies<Integer> INTS = SPECIES.vectorShape().withLanes(int.class);
  private static final VectorSpecies<Long> LONGS = SPECIES.vectorShape().withLanes(long.class);
  private static final int LENGTH = SPECIES.length();

  /** Every second element; the lanes of the upper half come from a second vector. */
  private static final VectorShuffle<Float> SECOND =
      VectorShuffle.fromOp(SPECIES, i -> 2 * i % LENGTH);

  private static final VectorMask<Float> UPPER = VectorMask.fromArray(SPECIES, upperHalf(), 0);

  /** From how many elements of the input on it pays to make the loops fast. */
  private static final long MANY = 1 << 14;

  private static final int TRIAL_RUNS = 4;

  /** How long compiled loops take for a trial at most; others take ten times as long. */
  private static final long TRIAL_NANOS = 100_000;

  private static final Warmup WARMUP = new Warmup(FloatMaxPool::isFast);

  private static boolean[] upperHalf() {
    boolean[] lanes = new boolean[LENGTH];
    Arrays.fill(lanes, LENGTH / 2, LENGTH, true);
    return lanes;
  }

  private final Windows rows;
  private final Windows columns;

  /** The columns of the copy, and the copy. */
  private final int width;

  private final float[] plane;

  /** Whether no window reaches beyond the columns. */
  private final boolean inside;

  /** The column of each window's first element, and the results of a row of windows. */
  private final int[] firsts;

  private final float[] best;
  private final long[] place;

  /**
   * How windows slide along a dimension.
   *
   * @param size the number of elements
   * @param output the number of windows, each of which has an element
   * @param kernel the number of elements of a window
   * @param stride the step from one window to the next
   * @param padding how many elements the first window starts before the first element
   * @param dilation the step from one element of a window to the next
   */
  public record Windows(int size, int output, int kernel, int stride, int padding, int dilation) {
    /**
     * {@return the first element of a window that there is, or the size if there is none}
     *
     * @param window the window's number
     */
    public int first(int window) {
      int start = window * stride - padding;
      int missing = start < 0 ? (-start + dilation - 1) / dilation : 0;
      return missing < kernel ? Math.min(start + missing * dilation, size) : size;
    }
  }

  /**
   * Loops for planes of one size, for one thread.
   *
   * @param rows how windows slide down
   * @param columns how they slide across, by steps of 1 or 2
   */
  public FloatMaxPool(Windows rows, Windows columns) {
    this.rows = rows;
    this.columns = columns;
    int lanes = (columns.output + LENGTH - 1) / LENGTH * LENGTH;
    this.width = lanes * columns.stride + (columns.kernel - 1) * columns.dilation + 1;
    this.plane = new float[rows.size * width];
    Arrays.fill(plane, Float.NEGATIVE_INFINITY);
    int reach = (columns.output - 1) * columns.stride + (columns.kernel - 1) * columns.dilation;
    this.inside = columns.padding == 0 && reach < columns.size;
    this.firsts = new int[lanes];
    for (int window = 0; window < columns.output; window++) {
      firsts[window] = columns.first(window);
    }
    this.best = new float[lanes];
    this.place = new long[lanes];
  }

  /**
   * {@return whether the loops are to be used}
   *
   * @param elements the elements of all planes of the call
   */
  public static boolean takes(long elements) {
    return elements >= MANY ? WARMUP.isDone() : WARMUP.wasDone();
  }

  /**
   * Pools one plane.
   *
   * @param x what is read, rows of contiguous elements
   * @param from the first element
   * @param step the step from one row to the next
   * @param values receives the largest elements
   * @param places receives their places
   * @param to where the first of both goes
   * @param end up to where both may be overwritten
   */
  public void pool(float[] x, int from, int step, float[] values, long[] places, int to, int end) {
    int farthest = from + Math.max(step, 0) * (rows.size - 1);
    if (inside && farthest + (long) width <= x.length) {
      poolRows(x, from, step, values, places, to, end);
      return;
    }
    int copied = Math.min(columns.size, width - columns.padding);
    for (int row = 0; row < rows.size; row++) {
      System.arraycopy(x, from + row * step, plane, row * width + columns.padding, copied);
    }
    poolRows(plane, 0, width, values, places, to, end);
  }

  /** Pools rows of elements behind which there are as many as vectors read. */
  private void poolRows(
      float[] x, int from, int step, float[] values, long[] places, int to, int end) {
    int n = columns.output;
    for (int row = 0; row < rows.output; row++) {
      int at = to + row * n;
      boolean whole = at + firsts.length <= end;
      // what is written behind the row is overwritten by the next one
      float[] largest = whole ? values : best;
      long[] where = whole ? places : place;
      int begin = whole ? at : 0;
      for (int window = 0; window < n; window += LENGTH) {
        if (columns.stride == 1) {
          neighbours(x, from, step, row, window, largest, where, begin + window);
        } else {
          seconds(x, from, step, row, window, largest, where, begin + window);
        }
      }
      if (!whole) {
        System.arraycopy(best, 0, values, at, n);
        System.arraycopy(place, 0, places, at, n);
      }
    }
  }

  /** Some windows that start one element apart. */
  private void neighbours(
      float[] x, int from, int step, int row, int window, float[] values, long[] found, int to) {
    FloatVector max = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    int first = rows.first(row);
    IntVector places = IntVector.fromArray(INTS, firsts, window).add(first * columns.size);
    IntVector lanes = IntVector.broadcast(INTS, 0).addIndex(1);
    int end = Math.min(row * rows.stride - rows.padding + rows.kernel * rows.dilation, rows.size);
    for (int y = first; y < end; y += rows.dilation) {
      for (int k = 0; k < columns.kernel; k++) {
        int column = window + k * columns.dilation;
        FloatVector v = FloatVector.fromArray(SPECIES, x, from + y * step + column);
        VectorMask<Float> better =
            v.compare(VectorOperators.GT, max).or(v.compare(VectorOperators.NE, v));
        max = max.blend(v, better);
        IntVector own = lanes.add(y * columns.size + column - columns.padding);
        places = places.blend(own, better.cast(INTS));
      }
    }
    max.intoArray(values, to);
    LongVector lower = (LongVector) places.convertShape(VectorOperators.I2L, LONGS, 0);
    LongVector upper = (LongVector) places.convertShape(VectorOperators.I2L, LONGS, 1);
    lower.intoArray(found, to);
    upper.intoArray(found, to + LENGTH / 2);
  }

  /** Some windows that start two elements apart. */
  private void seconds(
      float[] x, int from, int step, int row, int window, float[] values, long[] found, int to) {
    FloatVector max = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    int first = rows.first(row);
    IntVector places = IntVector.fromArray(INTS, firsts, window).add(first * columns.size);
    IntVector lanes = IntVector.broadcast(INTS, 0).addIndex(2);
    boolean half = columns.output - window <= LENGTH / 2;
    int end = Math.min(row * rows.stride - rows.padding + rows.kernel * rows.dilation, rows.size);
    for (int y = first; y < end; y += rows.dilation) {
      for (int k = 0; k < columns.kernel; k++) {
        int column = 2 * window + k * columns.dilation;
        int at = from + y * step + column;
        FloatVector v = FloatVector.fromArray(SPECIES, x, at).rearrange(SECOND);
        if (!half) {
          FloatVector rest = FloatVector.fromArray(SPECIES, x, at + LENGTH).rearrange(SECOND);
          v = v.blend(rest, UPPER);
        }
        VectorMask<Float> better =
            v.compare(VectorOperators.GT, max).or(v.compare(VectorOperators.NE, v));
        max = max.blend(v, better);
        IntVector own = lanes.add(y * columns.size + column - columns.padding);
        places = places.blend(own, better.cast(INTS));
      }
    }
    max.intoArray(values, to);
    LongVector lower = (LongVector) places.convertShape(VectorOperators.I2L, LONGS, 0);
    LongVector upper = (LongVector) places.convertShape(VectorOperators.I2L, LONGS, 1);
    lower.intoArray(found, to);
    upper.intoArray(found, to + LENGTH / 2);
  }

  /** Pools little planes both ways, timed. */
  private static boolean isFast() {
    Windows down = new Windows(16, 8, 3, 2, 1, 1);
    FloatMaxPool wide = new FloatMaxPool(down, new Windows(32, 32, 3, 1, 1, 1));
    FloatMaxPool half = new FloatMaxPool(down, new Windows(64, 32, 3, 2, 1, 1));
    float[] x = new float[16 * 64];
    float[] values = new float[8 * 32];
    long[] places = new long[8 * 32];
    long start = System.nanoTime();
    for (int run = 0; run < TRIAL_RUNS; run++) {
      wide.pool(x, 0, 64, values, places, 0, values.length);
      half.pool(x, 0, 64, values, places, 0, values.length);
    }
    return System.nanoTime() - start < TRIAL_NANOS;
  }
}
