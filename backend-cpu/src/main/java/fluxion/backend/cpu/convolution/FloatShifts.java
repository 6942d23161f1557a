package fluxion.backend.cpu.convolution;

import fluxion.backend.cpu.workers.Warmup;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The loops of depthwise convolutions over vectors of float32. */
final class FloatShifts {
  /** Runs these loops until they are fast, once a depthwise convolution has asked for them. */
  static final Warmup WARMUP = new Warmup(FloatShifts::trial);

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private static final int TRIALS = 8;
  private static final int TAPS = 9;
  private static final int VECTORS = 6;
  private static final long NANOS = 30_000;

  private FloatShifts() {}

  /** See {@link Loops#chains}. */
  static void chains(
      float[] staged,
      int[] offsets,
      int taps,
      int base,
      float[] w,
      int first,
      float[] target,
      int at,
      int count) {
    int j = 0;
    for (; j + LANES < count; j += 4 * LANES) {
      FloatVector s0 = FloatVector.zero(SPECIES);
      FloatVector s1 = FloatVector.zero(SPECIES);
      FloatVector s2 = FloatVector.zero(SPECIES);
      FloatVector s3 = FloatVector.zero(SPECIES);
      for (int k = 0; k < taps; k++) {
        int from = offsets[k] + base + j;
        FloatVector x = FloatVector.broadcast(SPECIES, w[first + k]);
        s0 = x.fma(FloatVector.fromArray(SPECIES, staged, from), s0);
        s1 = x.fma(FloatVector.fromArray(SPECIES, staged, from + LANES), s1);
        s2 = x.fma(FloatVector.fromArray(SPECIES, staged, from + 2 * LANES), s2);
        s3 = x.fma(FloatVector.fromArray(SPECIES, staged, from + 3 * LANES), s3);
      }
      s0.intoArray(target, at + j);
      s1.intoArray(target, at + j + LANES);
      s2.intoArray(target, at + j + 2 * LANES);
      s3.intoArray(target, at + j + 3 * LANES);
    }
    if (j < count) {
      FloatVector s = FloatVector.zero(SPECIES);
      for (int k = 0; k < taps; k++) {
        FloatVector x = FloatVector.broadcast(SPECIES, w[first + k]);
        s = x.fma(FloatVector.fromArray(SPECIES, staged, offsets[k] + base + j), s);
      }
      s.intoArray(target, at + j);
    }
  }

  /**
   * See {@link Loops#sums}. Where the first product of a chain is −0, the chain is +0 by its
   * definition; to a sum that began with +0, and so never is −0, that adds the same.
   */
  static void sums(
      float[] source,
      int[] offsets,
      int taps,
      int chain,
      float[] w,
      float[] target,
      int at,
      int count) {
    for (int j = 0; j < count; j += 2 * LANES) {
      FloatVector s0 = FloatVector.zero(SPECIES);
      FloatVector s1 = FloatVector.zero(SPECIES);
      for (int k = 0; k < taps; k++) {
        int p = k * chain;
        FloatVector x = FloatVector.broadcast(SPECIES, w[p]);
        FloatVector c0 = x.mul(FloatVector.fromArray(SPECIES, source, offsets[p] + j));
        FloatVector c1 = x.mul(FloatVector.fromArray(SPECIES, source, offsets[p] + j + LANES));
        for (int o = 1; o < chain; o++) {
          int q = offsets[p + o] + j;
          FloatVector y = FloatVector.broadcast(SPECIES, w[p + o]);
          c0 = y.fma(FloatVector.fromArray(SPECIES, source, q), c0);
          c1 = y.fma(FloatVector.fromArray(SPECIES, source, q + LANES), c1);
        }
        s0 = s0.add(c0);
        s1 = s1.add(c1);
      }
      s0.intoArray(target, at + j);
      s1.intoArray(target, at + j + LANES);
    }
  }

  /** {@return whether the loops are compiled: small ones are timed} */
  static boolean trial() {
    int room = VECTORS * LANES;
    float[] source = new float[room + 2 * TAPS + 4 * LANES];
    float[] target = new float[room + 4 * LANES];
    float[] w = new float[2 * TAPS];
    int[] offsets = new int[2 * TAPS];
    for (int k = 0; k < 2 * TAPS; k++) {
      offsets[k] = k;
    }
    long start = System.nanoTime();
    for (int i = 0; i < TRIALS; i++) {
      chains(source, offsets, TAPS, 0, w, 0, target, 0, 5 * LANES);
      sums(source, offsets, TAPS, 1, w, target, 0, 2 * LANES);
      sums(source, offsets, TAPS, 2, w, target, 0, 2 * LANES);
    }
    return System.nanoTime() - start < NANOS;
  }
}
