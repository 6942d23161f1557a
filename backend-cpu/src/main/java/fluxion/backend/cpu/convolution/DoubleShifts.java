package fluxion.backend.cpu.convolution;

import fluxion.backend.cpu.workers.Warmup;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** The loops of depthwise convolutions over vectors of float64. */
final class DoubleShifts {
  /** Runs these loops until they are fast, once a depthwise convolution has asked for them. */
  static final Warmup WARMUP = new Warmup(DoubleShifts::trial);

  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private static final int TRIALS = 8;
  private static final int TAPS = 9;
  private static final int VECTORS = 6;
  private static final long NANOS = 30_000;

  private DoubleShifts() {}

  /** See {@link Loops#chains}. */
  static void chains(
      double[] staged,
      int[] offsets,
      int taps,
      int base,
      double[] w,
      int first,
      double[] target,
      int at,
      int count) {
    int j = 0;
    for (; j + LANES < count; j += 4 * LANES) {
      DoubleVector s0 = DoubleVector.zero(SPECIES);
      DoubleVector s1 = DoubleVector.zero(SPECIES);
      DoubleVector s2 = DoubleVector.zero(SPECIES);
      DoubleVector s3 = DoubleVector.zero(SPECIES);
      for (int k = 0; k < taps; k++) {
        int from = offsets[k] + base + j;
        DoubleVector x = DoubleVector.broadcast(SPECIES, w[first + k]);
        s0 = x.fma(DoubleVector.fromArray(SPECIES, staged, from), s0);
        s1 = x.fma(DoubleVector.fromArray(SPECIES, staged, from + LANES), s1);
        s2 = x.fma(DoubleVector.fromArray(SPECIES, staged, from + 2 * LANES), s2);
        s3 = x.fma(DoubleVector.fromArray(SPECIES, staged, from + 3 * LANES), s3);
      }
      s0.intoArray(target, at + j);
      s1.intoArray(target, at + j + LANES);
      s2.intoArray(target, at + j + 2 * LANES);
      s3.intoArray(target, at + j + 3 * LANES);
    }
    if (j < count) {
      DoubleVector s = DoubleVector.zero(SPECIES);
      for (int k = 0; k < taps; k++) {
        DoubleVector x = DoubleVector.broadcast(SPECIES, w[first + k]);
        s = x.fma(DoubleVector.fromArray(SPECIES, staged, offsets[k] + base + j), s);
      }
      s.intoArray(target, at + j);
    }
  }

  /**
   * See {@link Loops#sums}. Where the first product of a chain is −0, the chain is +0 by its
   * definition; to a sum that began with +0, and so never is −0, that adds the same.
   */
  static void sums(
      double[] source,
      int[] offsets,
      int taps,
      int chain,
      double[] w,
      double[] target,
      int at,
      int count) {
    for (int j = 0; j < count; j += 2 * LANES) {
      DoubleVector s0 = DoubleVector.zero(SPECIES);
      DoubleVector s1 = DoubleVector.zero(SPECIES);
      for (int k = 0; k < taps; k++) {
        int p = k * chain;
        DoubleVector x = DoubleVector.broadcast(SPECIES, w[p]);
        DoubleVector c0 = x.mul(DoubleVector.fromArray(SPECIES, source, offsets[p] + j));
        DoubleVector c1 = x.mul(DoubleVector.fromArray(SPECIES, source, offsets[p] + j + LANES));
        for (int o = 1; o < chain; o++) {
          int q = offsets[p + o] + j;
          DoubleVector y = DoubleVector.broadcast(SPECIES, w[p + o]);
          c0 = y.fma(DoubleVector.fromArray(SPECIES, source, q), c0);
          c1 = y.fma(DoubleVector.fromArray(SPECIES, source, q + LANES), c1);
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
    double[] source = new double[room + 2 * TAPS + 4 * LANES];
    double[] target = new double[room + 4 * LANES];
    double[] w = new double[2 * TAPS];
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
