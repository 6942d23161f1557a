package fluxion.backend.cpu.convolution;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** The transforms over vectors. */
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

  @Override
  public void rows(float[] image, int from, int count, float[] rows, int at, int plane) {
    for (int j = 0; j < count; j += LANES) {
      int s = from + 2 * j;
      FloatVector left = load(image, s).sub(load(image, s + 2));
      FloatVector right = load(image, s + LANES).sub(load(image, s + LANES + 2));
      left.rearrange(EVEN).blend(right.rearrange(EVEN), SECOND_HALF).intoArray(rows, at + j);
      left.rearrange(ODD)
          .blend(right.rearrange(ODD), SECOND_HALF)
          .intoArray(rows, at + 3 * plane + j);
      left = load(image, s + 1);
      right = load(image, s + LANES + 1);
      FloatVector d1 = left.rearrange(EVEN).blend(right.rearrange(EVEN), SECOND_HALF);
      FloatVector d2 = left.rearrange(ODD).blend(right.rearrange(ODD), SECOND_HALF);
      d1.add(d2).intoArray(rows, at + plane + j);
      d2.sub(d1).intoArray(rows, at + 2 * plane + j);
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
      FloatVector first = load(taps, c);
      FloatVector second = load(taps, c + plane);
      FloatVector third = load(taps, c + 2 * plane);
      FloatVector last = load(taps, c + 6 * plane);
      FloatVector lastSecond = load(taps, c + 7 * plane);
      FloatVector lastThird = load(taps, c + 8 * plane);
      kernelRow(first, second, third, target, places, 0, at + c);
      kernelRow(last, lastSecond, lastThird, target, places, 12, at + c);
      FloatVector outer = first.add(last);
      FloatVector outerSecond = second.add(lastSecond);
      FloatVector outerThird = third.add(lastThird);
      FloatVector middle = load(taps, c + 3 * plane);
      FloatVector middleSecond = load(taps, c + 4 * plane);
      FloatVector middleThird = load(taps, c + 5 * plane);
      kernelRow(
          outer.add(middle).mul(0.5f),
          outerSecond.add(middleSecond).mul(0.5f),
          outerThird.add(middleThird).mul(0.5f),
          target,
          places,
          4,
          at + c);
      kernelRow(
          outer.sub(middle).mul(0.5f),
          outerSecond.sub(middleSecond).mul(0.5f),
          outerThird.sub(middleThird).mul(0.5f),
          target,
          places,
          8,
          at + c);
    }
  }

  private static void kernelRow(
      FloatVector g0,
      FloatVector g1,
      FloatVector g2,
      float[] target,
      int[] places,
      int row,
      int at) {
    FloatVector outer = g0.add(g2);
    g0.intoArray(target, places[row] + at);
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
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int j = 0; j < count; j += LANES) {
      int p = from + j;
      FloatVector m1 = load(products, p + 4 * plane);
      FloatVector m2 = load(products, p + 8 * plane);
      FloatVector s = load(products, p).add(m1).add(m2);
      FloatVector t = m1.sub(m2).sub(load(products, p + 12 * plane));
      FloatVector s0 = s;
      FloatVector t0 = t;
      p += plane;
      m1 = load(products, p + 4 * plane);
      m2 = load(products, p + 8 * plane);
      s = load(products, p).add(m1).add(m2);
      t = m1.sub(m2).sub(load(products, p + 12 * plane));
      s0 = s0.add(s);
      t0 = t0.add(t);
      FloatVector s1 = s;
      FloatVector t1 = t;
      p += plane;
      m1 = load(products, p + 4 * plane);
      m2 = load(products, p + 8 * plane);
      s = load(products, p).add(m1).add(m2);
      t = m1.sub(m2).sub(load(products, p + 12 * plane));
      s0 = s0.add(s).add(bias);
      t0 = t0.add(t).add(bias);
      s1 = s1.sub(s);
      t1 = t1.sub(t);
      p += plane;
      m1 = load(products, p + 4 * plane);
      m2 = load(products, p + 8 * plane);
      s = load(products, p).add(m1).add(m2);
      t = m1.sub(m2).sub(load(products, p + 12 * plane));
      s1 = s1.sub(s).add(bias);
      t1 = t1.sub(t).add(bias);
      zero = s0.mul(0).add(s1.mul(0)).add(t0.mul(0)).add(t1.mul(0)).add(zero);
      zip(s0, s1, outputs, top + 2 * j);
      zip(t0, t1, outputs, bottom + 2 * j);
    }
    return !zero.test(VectorOperators.IS_NAN).anyTrue();
  }

  /** Writes the elements of two vectors in turns. */
  private static void zip(FloatVector even, FloatVector odd, float[] target, int at) {
    even.rearrange(LOWER).blend(odd.rearrange(LOWER), ODD_LANES).intoArray(target, at);
    even.rearrange(UPPER).blend(odd.rearrange(UPPER), ODD_LANES).intoArray(target, at + LANES);
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
      for (int row = 0; row < 4; row++) {
        INSTANCE.rows(one, row * plane, count, other, 4 * row * plane, plane);
      }
      INSTANCE.columns(other, plane, count, one, 0, plane, 2 * LANES, 2 * LANES);
      INSTANCE.kernels(other, plane, count, one, places, 0);
      INSTANCE.outputs(one, 0, plane, count, 1, other, 0, 2 * plane);
    }
    return System.nanoTime() - start < NANOS;
  }
}
