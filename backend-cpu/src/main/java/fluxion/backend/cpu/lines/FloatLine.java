package fluxion.backend.cpu.lines;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
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

  /** The elements of memory that a loop needs: its lanes, and the place for the last elements. */
  static final int SCRATCH = 2 * LANES;

  private static final float LOG2_E = (float) 0x1.71547652b82fep0;
  private static final float LN2 = (float) 0x1.62e42fefa39efp-1;
  private static final float LN2_REST = -0x1.05c610p-29f;
  private static final float MAGIC = 0x1.8p23f;
  private static final int FRACTION = 23;
  private static final int ONE = Float.floatToIntBits(1);

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

  /** Empties the lanes. */
  static void clear(float[] scratch) {
    Arrays.fill(scratch, 0, LANES, 0);
  }

  /** Adds a vector of elements to the lanes from one on. */
  static void add(float[] scratch, int lane, FloatVector elements) {
    load(scratch, lane).add(elements).intoArray(scratch, lane);
  }

  /** {@return the sum of the lanes; every NaN is the same one} */
  static float sum(float[] scratch) {
    float sum = scratch[0];
    for (int lane = 1; lane < LANES; lane++) {
      sum += scratch[lane];
    }
    return Float.isNaN(sum) ? Float.NaN : sum;
  }

  /**
   * Copies the elements behind the last whole lanes to their place, and fills it up.
   *
   * @return how many they are
   */
  static int rest(float[] x, int from, int n, float[] scratch, float filling) {
    int whole = n & -LANES;
    Arrays.fill(scratch, LANES, SCRATCH, filling);
    System.arraycopy(x, from + whole, scratch, LANES, n - whole);
    return n - whole;
  }

  /**
   * {@return e to the power of each element, with the bits of the kernels' exponential}
   *
   * @param x elements of at most 100, or NaN
   */
  static FloatVector expOfAtMost100(FloatVector x) {
    VectorMask<Float> small = x.compare(VectorOperators.LT, -110f);
    FloatVector bounded = x.blend(-110f, small);
    FloatVector magicPlusN = bounded.fma(all(LOG2_E), all(MAGIC));
    FloatVector n = magicPlusN.sub(MAGIC);
    FloatVector r = n.fma(all(-LN2_REST), n.fma(all(-LN2), bounded));
    FloatVector p = all(0.0013836009f).fma(r, all(0.008367127f));
    p = p.fma(r, all(0.041667752f)).fma(r, all(0.16666539f)).fma(r, all(0.49999997f));
    FloatVector exp = p.fma(r, all(1)).fma(r, all(1));
    IntVector bits = magicPlusN.reinterpretAsInts();
    IntVector half =
        bits.lanewise(VectorOperators.ASHR, 1).lanewise(VectorOperators.LSHL, FRACTION);
    IntVector other = bits.lanewise(VectorOperators.LSHL, FRACTION).sub(half);
    FloatVector first = half.add(ONE).reinterpretAsFloats();
    FloatVector second = other.add(ONE).reinterpretAsFloats();
    return exp.mul(first).mul(second);
  }

  /** {@return e to the power of each element} */
  static FloatVector exp(FloatVector x) {
    return expOfAtMost100(x.blend(100f, x.compare(VectorOperators.GT, 100f)));
  }
}
