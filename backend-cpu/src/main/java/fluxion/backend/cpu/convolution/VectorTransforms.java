package fluxion.backend.cpu.convolution;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The transforms over vectors.
 *
 * <p>Methods hand each other arrays, never vectors: one that the JIT does not inline would get an
 * object for each, in the hottest loops hundreds of megabytes a second.
 */
final class VectorTransforms implements Transforms {
  static final VectorTransforms INSTANCE = new VectorTransforms();

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final int HALF = LANES / 2;

  /** The even and the odd elements of a vector, each in both halves. */
  private static final VectorShuffle<Float> EVEN =
      VectorShuffle.fromOp(SPECIES, i -> 2 * (i % HALF));

  private static final VectorShuffle<Float> ODD =
      VectorShuffle.fromOp(SPECIES, i -> 2 * (i % HALF) + 1);

  /** The elements of either half of a vector, each twice. */
  private static final VectorShuffle<Float> LOWER = VectorShuffle.fromOp(SPECIES, i -> i / 2);

  private static final VectorShuffle<Float> UPPER =
      VectorShuffle.fromOp(SPECIES, i -> HALF + i / 2);

  private static final VectorMask<Float> SECOND_HALF =
      VectorMask.fromLong(SPECIES, (-1L << HALF) & (-1L >>> (64 - LANES)));

  private static final VectorMask<Float> ODD_LANES =
      VectorMask.fromLong(SPECIES, 0xAAAA_AAAA_AAAA_AAAAL & (-1L >>> (64 - LANES)));

  /** What a trial does, and how long it takes at most once it is compiled. */
  private static final int TRIALS = 8;

  private static final long NANOS = 60_000;

  private VectorTransforms() {}

  private static FloatVector load(float[] array, int at) {
    return FloatVector.fromArray(SPECIES, array, at);
  }

  /** Transforms each row of the image once, for the two rows of tiles that it belongs to. */
  @Override
  public void rows(
      float[] image, int from, int stride, int high, int wide, float[] rows, int at, int plane) {
    for (int y = 0; y < 2 * high + 2; y++) {
      int lower = at + y / 2 * wide + 4 * (y & 1) * plane;
      int upper = lower - wide + 8 * plane;
      int to = y < 2 * high ? lower : upper;
      int again = y < 2 ? lower : upper;
      if (wide <= HALF) {
        narrowRow(image, from + y * stride, rows, to, again, plane);
      } else {
        row(image, from + y * stride, wide, rows, to, again, plane);
      }
    }
  }

  /** A row of at most half a vector of tiles. */
  private static void narrowRow(
      float[] image, int from, float[] rows, int at, int again, int plane) {
    FloatVector outer = load(image, from).sub(load(image, from + 2));
    FloatVector inner = load(image, from + 1);
    FloatVector d0 = outer.rearrange(EVEN);
    FloatVector d1 = inner.rearrange(EVEN);
    FloatVector d2 = inner.rearrange(ODD);
    FloatVector d3 = outer.rearrange(ODD);
    FloatVector sum = d1.add(d2);
    FloatVector difference = d2.sub(d1);
    d0.intoArray(rows, at);
    d0.intoArray(rows, again);
    sum.intoArray(rows, at + plane);
    sum.intoArray(rows, again + plane);
    difference.intoArray(rows, at + 2 * plane);
    difference.intoArray(rows, again + 2 * plane);
    d3.intoArray(rows, at + 3 * plane);
    d3.intoArray(rows, again + 3 * plane);
  }

  private static void row(
      float[] image, int from, int count, float[] rows, int at, int again, int plane) {
    for (int j = 0; j < count; j += LANES) {
      int s = from + 2 * j;
      FloatVector left = load(image, s).sub(load(image, s + 2));
      FloatVector right = load(image, s + LANES).sub(load(image, s + LANES + 2));
      FloatVector d0 = left.rearrange(EVEN).blend(right.rearrange(EVEN), SECOND_HALF);
      FloatVector d3 = left.rearrange(ODD).blend(right.rearrange(ODD), SECOND_HALF);
      left = load(image, s + 1);
      right = load(image, s + LANES + 1);
      FloatVector d1 = left.rearrange(EVEN).blend(right.rearrange(EVEN), SECOND_HALF);
      FloatVector d2 = left.rearrange(ODD).blend(right.rearrange(ODD), SECOND_HALF);
      FloatVector sum = d1.add(d2);
      FloatVector difference = d2.sub(d1);
      int to = at + j;
      d0.intoArray(rows, to);
      sum.intoArray(rows, to + plane);
      difference.intoArray(rows, to + 2 * plane);
      d3.intoArray(rows, to + 3 * plane);
      to = again + j;
      d0.intoArray(rows, to);
      sum.intoArray(rows, to + plane);
      difference.intoArray(rows, to + 2 * plane);
      d3.intoArray(rows, to + 3 * plane);
    }
  }

  @Override
  public void columns(
      float[] rows, int plane, int count, float[] panels, int at, int step, int width, int panel) {
    for (int first = 0; first < count; first += width) {
      int to = at + first / width * panel;
      for (int j = first; j < Math.min(count, first + width); j += LANES) {
        for (int b = 0; b < 4; b++) {
          column(rows, b * plane + j, 4 * plane, panels, to + j - first + b * step, 4 * step);
        }
      }
    }
    int rest = count % LANES;
    if (rest > 0) {
      int last = count - rest;
      int to = at + last / width * panel + last % width;
      for (int t = 0; t < ELEMENTS; t++) {
        for (int lane = rest; lane < LANES; lane++) {
          panels[to + t * step + lane] = 0;
        }
      }
    }
  }

  private static void column(float[] rows, int from, int plane, float[] panels, int at, int step) {
    FloatVector d0 = load(rows, from);
    FloatVector d1 = load(rows, from + plane);
    FloatVector d2 = load(rows, from + 2 * plane);
    FloatVector d3 = load(rows, from + 3 * plane);
    d0.sub(d2).intoArray(panels, at);
    d1.add(d2).intoArray(panels, at + step);
    d2.sub(d1).intoArray(panels, at + 2 * step);
    d1.sub(d3).intoArray(panels, at + 3 * step);
  }

  @Override
  public void kernels(float[] taps, int plane, int count, float[] target, int[] places, int at) {
    for (int c = 0; c < count; c += LANES) {
      for (int x = 0; x < 3; x++) {
        kernelColumn(taps, x * plane + c, 3 * plane, target, places, x, at + c);
      }
      for (int row = 0; row < ELEMENTS; row += 4) {
        kernelRow(target, places, row, at + c);
      }
    }
  }

  private static void kernelColumn(
      float[] taps, int from, int step, float[] target, int[] places, int column, int at) {
    FloatVector g0 = load(taps, from);
    FloatVector g1 = load(taps, from + step);
    FloatVector g2 = load(taps, from + 2 * step);
    FloatVector outer = g0.add(g2);
    g0.intoArray(target, places[column] + at);
    outer.add(g1).mul(0.5f).intoArray(target, places[column + 4] + at);
    outer.sub(g1).mul(0.5f).intoArray(target, places[column + 8] + at);
    g2.intoArray(target, places[column + 12] + at);
  }

  private static void kernelRow(float[] target, int[] places, int row, int at) {
    FloatVector g0 = load(target, places[row] + at);
    FloatVector g1 = load(target, places[row + 1] + at);
    FloatVector g2 = load(target, places[row + 2] + at);
    FloatVector outer = g0.add(g2);
    outer.add(g1).mul(0.5f).intoArray(target, places[row + 1] + at);
    outer.sub(g1).mul(0.5f).intoArray(target, places[row + 2] + at);
    g2.intoArray(target, places[row + 3] + at);
  }

  @Override
  public boolean outputs(
      float[] products,
      int from,
      int plane,
      int count,
      float bias,
      float[] outputs,
      int top,
      int bottom) {
    boolean finite = sums(products, from, plane, count, bias);
    zip(products, from, plane, count, outputs, top);
    zip(products, from + 2 * plane, plane, count, outputs, bottom);
    return finite;
  }

  /** Leaves the four outputs of each tile where its first four products were. */
  private static boolean sums(float[] products, int from, int plane, int count, float bias) {
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int p = from; p < from + count; p += LANES) {
      int q = p;
      FloatVector m1 = load(products, q + 4 * plane);
      FloatVector m2 = load(products, q + 8 * plane);
      FloatVector s0 = load(products, q).add(m1).add(m2);
      FloatVector t0 = m1.sub(m2).sub(load(products, q + 12 * plane));
      q += plane;
      m1 = load(products, q + 4 * plane);
      m2 = load(products, q + 8 * plane);
      FloatVector s1 = load(products, q).add(m1).add(m2);
      FloatVector t1 = m1.sub(m2).sub(load(products, q + 12 * plane));
      s0 = s0.add(s1);
      t0 = t0.add(t1);
      q += plane;
      m1 = load(products, q + 4 * plane);
      m2 = load(products, q + 8 * plane);
      FloatVector s = load(products, q).add(m1).add(m2);
      FloatVector t = m1.sub(m2).sub(load(products, q + 12 * plane));
      s0 = s0.add(s).add(bias);
      t0 = t0.add(t).add(bias);
      s1 = s1.sub(s);
      t1 = t1.sub(t);
      q += plane;
      m1 = load(products, q + 4 * plane);
      m2 = load(products, q + 8 * plane);
      s = load(products, q).add(m1).add(m2);
      t = m1.sub(m2).sub(load(products, q + 12 * plane));
      s1 = s1.sub(s).add(bias);
      t1 = t1.sub(t).add(bias);
      s0.intoArray(products, p);
      s1.intoArray(products, p + plane);
      t0.intoArray(products, p + 2 * plane);
      t1.intoArray(products, p + 3 * plane);
      zero = s0.mul(0).add(s1.mul(0)).add(t0.mul(0)).add(t1.mul(0)).add(zero);
    }
    return !zero.test(VectorOperators.IS_NAN).anyTrue();
  }

  /** Writes the elements of two planes in turns. */
  private static void zip(float[] planes, int from, int plane, int count, float[] target, int at) {
    for (int j = 0; j < count; j += LANES) {
      FloatVector even = load(planes, from + j);
      FloatVector odd = load(planes, from + plane + j);
      int to = at + 2 * j;
      even.rearrange(LOWER).blend(odd.rearrange(LOWER), ODD_LANES).intoArray(target, to);
      even.rearrange(UPPER).blend(odd.rearrange(UPPER), ODD_LANES).intoArray(target, to + LANES);
    }
  }

  /** {@return whether the loops are compiled: small ones are timed} */
  static boolean trial() {
    int count = 16 * LANES;
    int plane = count + MARGIN;
    float[] one = new float[ELEMENTS * plane];
    float[] other = new float[ELEMENTS * plane];
    int[] places = new int[ELEMENTS];
    for (int t = 0; t < ELEMENTS; t++) {
      places[t] = t * plane;
    }
    long start = System.nanoTime();
    for (int i = 0; i < TRIALS; i++) {
      INSTANCE.rows(one, 0, plane, 1, count, other, 0, plane);
      INSTANCE.rows(one, 0, HALF, 2 * LANES, HALF, other, 0, plane);
      INSTANCE.columns(other, plane, count, one, 0, plane, 2 * LANES, 2 * LANES);
      INSTANCE.kernels(other, plane, count, one, places, 0);
      INSTANCE.outputs(one, 0, plane, count, 1, other, 0, 2 * plane);
    }
    return System.nanoTime() - start < NANOS;
  }
}
