package fluxion.backend.cpu.lines;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * What the loops over lines of float32 share: the order of their sums and the exponential.
 *
 * <p>Element {@code i} is added to lane {@code i mod 32}, and the lanes in order, as in a reduction
 * over the last dimension. What is left behind the last 32 elements is computed in a place of its
 * own, filled up with elements that change no sum.
 */
final class FloatLine {
  static final VectorSpecies<Float> SPECIES = species();
  static final int LENGTH = SPECIES.length();
  static final int LANES = 32;

  /** From where on exponentials are normal numbers, with room to spare. */
  static final float TAME = -80;

  /** The elements of a line of the cache, and those of an array before its second. */
  private static final int CACHE_LINE = 16;

  private static final int HEADERLESS = 12;

  /** The shortest line whose begin is worth a look. */
  private static final int LONG = 256;

  static final float LOG2_E = (float) 0x1.71547652b82fep0;
  static final float LN2 = (float) 0x1.62e42fefa39efp-1;
  static final float LN2_REST = -0x1.05c610p-29f;
  static final float MAGIC = 0x1.8p23f;
  static final float P0 = 0.49999997f;
  static final float P1 = 0.16666539f;
  static final float P2 = 0.041667752f;
  static final float P3 = 0.008367127f;
  static final float P4 = 0.0013836009f;

  /** Bounds of arguments, far enough out to change no result. */
  static final float LEAST = -110;

  private static final float MOST = 100;
  static final int FRACTION = 23;

  private FloatLine() {}

  private static VectorSpecies<Float> species() {
    VectorSpecies<Float> preferred = FloatVector.SPECIES_PREFERRED;
    return preferred.vectorBitSize() > 512 ? FloatVector.SPECIES_512 : preferred;
  }

  static FloatVector load(float[] array, int at) {
    return FloatVector.fromArray(SPECIES, array, at);
  }

  static FloatVector all(float value) {
    return FloatVector.broadcast(SPECIES, value);
  }

  /** {@return the exponential of a number that is at most 0, or NaN, with the kernels' bits} */
  static float exponential(float x) {
    float c = x < LEAST ? LEAST : x;
    float sum = Math.fma(c, LOG2_E, MAGIC);
    float n = sum - MAGIC;
    c = Math.fma(n, -LN2_REST, Math.fma(n, -LN2, c));
    float e = Math.fma(P4, c, P3);
    e = Math.fma(e, c, P2);
    e = Math.fma(e, c, P1);
    e = Math.fma(e, c, P0);
    e = Math.fma(e, c, 1);
    e = Math.fma(e, c, 1);
    int bits = Float.floatToRawIntBits(sum);
    int one = Float.floatToRawIntBits(1f);
    int half = bits >> 1 << FRACTION;
    int other = (bits << FRACTION) - half;
    return e * Float.intBitsToFloat(half + one) * Float.intBitsToFloat(other + one);
  }

  /**
   * {@return how many elements of a long line lie before the first line of the cache}
   *
   * <p>Large arrays begin where a line of the cache does, with a header; vectors that cross into
   * the next take twice as long to store.
   *
   * @param at the first element of the line, in its array
   * @param n how many elements it has
   */
  static int unaligned(int at, int n) {
    return n < LONG ? 0 : HEADERLESS - at & CACHE_LINE - 1;
  }

  /**
   * Sums the lanes of each line, of four lines side by side; every NaN is the same one.
   *
   * @param lanes the lanes, line by line
   * @param sums takes the sums
   */
  static void sums(float[] lanes, float[] sums) {
    float a = lanes[0];
    float b = lanes[LANES];
    float c = lanes[2 * LANES];
    float d = lanes[3 * LANES];
    for (int lane = 1; lane < LANES; lane++) {
      a += lanes[lane];
      b += lanes[LANES + lane];
      c += lanes[2 * LANES + lane];
      d += lanes[3 * LANES + lane];
    }
    sums[0] = Float.isNaN(a) ? Float.NaN : a;
    sums[1] = Float.isNaN(b) ? Float.NaN : b;
    sums[2] = Float.isNaN(c) ? Float.NaN : c;
    sums[3] = Float.isNaN(d) ? Float.NaN : d;
  }

  /** Adds the elements of a line up in lanes of their own. */
  static void summands(float[] x, int from, int n, float[] lanes, int at) {
    int whole = n & -LANES;
    for (int lane = 0; lane < LANES; lane += 2 * LENGTH) {
      FloatVector a = all(0);
      FloatVector b = a;
      for (int i = lane; i < whole; i += LANES) {
        a = a.add(load(x, from + i));
        b = b.add(load(x, from + i + LENGTH));
      }
      a.intoArray(lanes, at + lane);
      b.intoArray(lanes, at + lane + LENGTH);
    }
    for (int i = whole; i < n; i++) {
      lanes[at + i - whole] += x[from + i];
    }
  }

  /** Adds the products of two lines' elements up in lanes of their own. */
  static void products(float[] x, int xFrom, float[] y, int yFrom, int n, float[] lanes, int at) {
    int whole = n & -LANES;
    for (int lane = 0; lane < LANES; lane += 2 * LENGTH) {
      FloatVector a = all(0);
      FloatVector b = a;
      for (int i = lane; i < whole; i += LANES) {
        a = a.add(load(x, xFrom + i).mul(load(y, yFrom + i)));
        b = b.add(load(x, xFrom + i + LENGTH).mul(load(y, yFrom + i + LENGTH)));
      }
      a.intoArray(lanes, at + lane);
      b.intoArray(lanes, at + lane + LENGTH);
    }
    for (int i = whole; i < n; i++) {
      lanes[at + i - whole] += x[xFrom + i] * y[yFrom + i];
    }
  }

  /**
   * Copies the elements behind the last whole lanes to a place of their own, and fills it up.
   *
   * @return how many they are
   */
  static int rest(float[] x, int from, int n, float[] rest, float filling) {
    int whole = n & -LANES;
    Arrays.fill(rest, filling);
    System.arraycopy(x, from + whole, rest, 0, n - whole);
    return n - whole;
  }

  /**
   * Stores the exponentials of what elements are above −80, at most, less than a number, and leaves
   * their sums in two vectors of lanes. The bits are the same; as the results are normal numbers,
   * the power of two is added to the exponent.
   *
   * <p>All is written out here. The compiler inlines operations on vectors wherever they stand, but
   * calls of methods only until it has seen so much; a vector that is handed to one that it does
   * not inline becomes an object.
   *
   * @param x what is read
   * @param from its first element
   * @param end the bound of its elements
   * @param max what is taken off each element, which then is from {@link #TAME} to 0
   * @param y what is written, which may be what is read
   * @param to where the first goes
   * @param lanes takes the sums of the lanes
   * @param at where the first goes
   */
  static void tameExponentials(
      float[] x, int from, int end, float max, float[] y, int to, float[] lanes, int at) {
    FloatVector shift = FloatVector.broadcast(SPECIES, max);
    FloatVector log2e = FloatVector.broadcast(SPECIES, LOG2_E);
    FloatVector magic = FloatVector.broadcast(SPECIES, MAGIC);
    FloatVector ln2 = FloatVector.broadcast(SPECIES, -LN2);
    FloatVector ln2Rest = FloatVector.broadcast(SPECIES, -LN2_REST);
    FloatVector p0 = FloatVector.broadcast(SPECIES, P0);
    FloatVector p1 = FloatVector.broadcast(SPECIES, P1);
    FloatVector p2 = FloatVector.broadcast(SPECIES, P2);
    FloatVector p3 = FloatVector.broadcast(SPECIES, P3);
    FloatVector p4 = FloatVector.broadcast(SPECIES, P4);
    FloatVector one = FloatVector.broadcast(SPECIES, 1);
    FloatVector a = FloatVector.broadcast(SPECIES, 0);
    FloatVector b = a;
    int place = to - from;
    for (int i = from; i < end; i += LANES) {
      FloatVector c = FloatVector.fromArray(SPECIES, x, i).sub(shift);
      FloatVector d = FloatVector.fromArray(SPECIES, x, i + LENGTH).sub(shift);
      FloatVector cSum = c.fma(log2e, magic);
      FloatVector dSum = d.fma(log2e, magic);
      FloatVector cN = cSum.sub(magic);
      FloatVector dN = dSum.sub(magic);
      c = cN.fma(ln2Rest, cN.fma(ln2, c));
      d = dN.fma(ln2Rest, dN.fma(ln2, d));
      FloatVector e = p4.fma(c, p3).fma(c, p2).fma(c, p1).fma(c, p0).fma(c, one).fma(c, one);
      FloatVector f = p4.fma(d, p3).fma(d, p2).fma(d, p1).fma(d, p0).fma(d, one).fma(d, one);
      IntVector cPower = cSum.reinterpretAsInts().lanewise(VectorOperators.LSHL, FRACTION);
      IntVector dPower = dSum.reinterpretAsInts().lanewise(VectorOperators.LSHL, FRACTION);
      e = e.reinterpretAsInts().add(cPower).reinterpretAsFloats();
      f = f.reinterpretAsInts().add(dPower).reinterpretAsFloats();
      e.intoArray(y, place + i);
      f.intoArray(y, place + i + LENGTH);
      a = a.add(e);
      b = b.add(f);
    }
    a.intoArray(lanes, at);
    b.intoArray(lanes, at + LENGTH);
  }

  /**
   * Stores the exponentials of what elements are less than a number, and adds them to one vector of
   * lanes.
   *
   * @param x what is read
   * @param from its first element
   * @param end the bound of its elements
   * @param max what is taken off each element; no element is larger
   * @param y what is written, which may be what is read
   * @param to where the first goes
   * @param lanes the lanes
   * @param at the first of them
   */
  static void exponentials(
      float[] x, int from, int end, float max, float[] y, int to, float[] lanes, int at) {
    FloatVector shift = FloatVector.broadcast(SPECIES, max);
    FloatVector least = FloatVector.broadcast(SPECIES, LEAST);
    FloatVector log2e = FloatVector.broadcast(SPECIES, LOG2_E);
    FloatVector magic = FloatVector.broadcast(SPECIES, MAGIC);
    FloatVector ln2 = FloatVector.broadcast(SPECIES, -LN2);
    FloatVector ln2Rest = FloatVector.broadcast(SPECIES, -LN2_REST);
    FloatVector p0 = FloatVector.broadcast(SPECIES, P0);
    FloatVector p1 = FloatVector.broadcast(SPECIES, P1);
    FloatVector p2 = FloatVector.broadcast(SPECIES, P2);
    FloatVector p3 = FloatVector.broadcast(SPECIES, P3);
    FloatVector p4 = FloatVector.broadcast(SPECIES, P4);
    FloatVector one = FloatVector.broadcast(SPECIES, 1);
    IntVector oneBits = one.reinterpretAsInts();
    FloatVector a = FloatVector.fromArray(SPECIES, lanes, at);
    int place = to - from;
    for (int i = from; i < end; i += LANES) {
      FloatVector c = FloatVector.fromArray(SPECIES, x, i).sub(shift);
      c = c.blend(least, c.compare(VectorOperators.LT, least));
      FloatVector sum = c.fma(log2e, magic);
      FloatVector n = sum.sub(magic);
      c = n.fma(ln2Rest, n.fma(ln2, c));
      FloatVector e = p4.fma(c, p3).fma(c, p2).fma(c, p1).fma(c, p0).fma(c, one).fma(c, one);
      IntVector bits = sum.reinterpretAsInts();
      IntVector half =
          bits.lanewise(VectorOperators.ASHR, 1).lanewise(VectorOperators.LSHL, FRACTION);
      IntVector other = bits.lanewise(VectorOperators.LSHL, FRACTION).sub(half);
      e = e.mul(half.add(oneBits).reinterpretAsFloats());
      e = e.mul(other.add(oneBits).reinterpretAsFloats());
      e.intoArray(y, place + i);
      a = a.add(e);
    }
    a.intoArray(lanes, at);
  }

  /**
   * Stores {@code g − exp(y) · sum}, where the exponential has the bits of the kernels'.
   *
   * @param g what is taken from
   * @param gFrom its first element
   * @param count how many elements there are, a multiple of a vector's
   * @param sum the factor
   * @param y the exponents
   * @param yFrom the first of them
   * @param target what is written, which may be what is read
   * @param to where the first goes
   */
  static void withoutExponentials(
      float[] g, int gFrom, int count, float sum, float[] y, int yFrom, float[] target, int to) {
    FloatVector factor = FloatVector.broadcast(SPECIES, sum);
    FloatVector least = FloatVector.broadcast(SPECIES, LEAST);
    FloatVector most = FloatVector.broadcast(SPECIES, MOST);
    FloatVector log2e = FloatVector.broadcast(SPECIES, LOG2_E);
    FloatVector magic = FloatVector.broadcast(SPECIES, MAGIC);
    FloatVector ln2 = FloatVector.broadcast(SPECIES, -LN2);
    FloatVector ln2Rest = FloatVector.broadcast(SPECIES, -LN2_REST);
    FloatVector p0 = FloatVector.broadcast(SPECIES, P0);
    FloatVector p1 = FloatVector.broadcast(SPECIES, P1);
    FloatVector p2 = FloatVector.broadcast(SPECIES, P2);
    FloatVector p3 = FloatVector.broadcast(SPECIES, P3);
    FloatVector p4 = FloatVector.broadcast(SPECIES, P4);
    FloatVector one = FloatVector.broadcast(SPECIES, 1);
    IntVector oneBits = one.reinterpretAsInts();
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector c = FloatVector.fromArray(SPECIES, y, yFrom + i);
      c = c.blend(most, c.compare(VectorOperators.GT, most));
      c = c.blend(least, c.compare(VectorOperators.LT, least));
      FloatVector magicPlusN = c.fma(log2e, magic);
      FloatVector n = magicPlusN.sub(magic);
      c = n.fma(ln2Rest, n.fma(ln2, c));
      FloatVector e = p4.fma(c, p3).fma(c, p2).fma(c, p1).fma(c, p0).fma(c, one).fma(c, one);
      IntVector bits = magicPlusN.reinterpretAsInts();
      IntVector half =
          bits.lanewise(VectorOperators.ASHR, 1).lanewise(VectorOperators.LSHL, FRACTION);
      IntVector other = bits.lanewise(VectorOperators.LSHL, FRACTION).sub(half);
      e = e.mul(half.add(oneBits).reinterpretAsFloats());
      e = e.mul(other.add(oneBits).reinterpretAsFloats());
      FloatVector.fromArray(SPECIES, g, gFrom + i).sub(e.mul(factor)).intoArray(target, to + i);
    }
  }
}
