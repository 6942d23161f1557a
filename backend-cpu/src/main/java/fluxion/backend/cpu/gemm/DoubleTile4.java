package fluxion.backend.cpu.gemm;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** Four rows of a tile: what is left at its end, and enough sums to keep the units busy. */
final class DoubleTile4 {
  static final int ROWS = 4;

  private static final VectorSpecies<Double> SPECIES = DoubleTile.SPECIES;
  private static final int LANES = DoubleTile.LANES;
  private static final int STEP = Packed.STEP;

  private DoubleTile4() {}

  /** Continues, or begins, the chains of four rows. */
  static void run(
      double[] left,
      int a,
      double[] right,
      int b,
      int lines,
      double[] c,
      int at,
      int stride,
      boolean first) {
    int r1 = at + stride;
    int r2 = r1 + stride;
    int r3 = r2 + stride;
    DoubleVector c0 = DoubleTile.start(c, at, first);
    DoubleVector d0 = DoubleTile.start(c, at + LANES, first);
    DoubleVector c1 = DoubleTile.start(c, r1, first);
    DoubleVector d1 = DoubleTile.start(c, r1 + LANES, first);
    DoubleVector c2 = DoubleTile.start(c, r2, first);
    DoubleVector d2 = DoubleTile.start(c, r2 + LANES, first);
    DoubleVector c3 = DoubleTile.start(c, r3, first);
    DoubleVector d3 = DoubleTile.start(c, r3 + LANES, first);
    for (int p = 0; p < lines; p++) {
      int q = a + p;
      int s = b + p * (2 * LANES);
      DoubleVector y = DoubleVector.fromArray(SPECIES, right, s);
      DoubleVector z = DoubleVector.fromArray(SPECIES, right, s + LANES);
      DoubleVector x = DoubleVector.broadcast(SPECIES, left[q]);
      c0 = x.fma(y, c0);
      d0 = x.fma(z, d0);
      x = DoubleVector.broadcast(SPECIES, left[q + STEP]);
      c1 = x.fma(y, c1);
      d1 = x.fma(z, d1);
      x = DoubleVector.broadcast(SPECIES, left[q + 2 * STEP]);
      c2 = x.fma(y, c2);
      d2 = x.fma(z, d2);
      x = DoubleVector.broadcast(SPECIES, left[q + 3 * STEP]);
      c3 = x.fma(y, c3);
      d3 = x.fma(z, d3);
    }
    c0.intoArray(c, at);
    d0.intoArray(c, at + LANES);
    c1.intoArray(c, r1);
    d1.intoArray(c, r1 + LANES);
    c2.intoArray(c, r2);
    d2.intoArray(c, r2 + LANES);
    c3.intoArray(c, r3);
    d3.intoArray(c, r3 + LANES);
  }
}
