package fluxion.backend.cpu.gemm;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Four rows of a tile: what is left at its end, and enough sums to keep the units busy. */
final class FloatTile4 {
  static final int ROWS = 4;

  private static final VectorSpecies<Float> SPECIES = FloatTile.SPECIES;
  private static final int LANES = FloatTile.LANES;
  private static final int STEP = Packed.STEP;

  private FloatTile4() {}

  /** Continues, or begins, the chains of four rows. */
  static void run(
      float[] left,
      int a,
      float[] right,
      int b,
      int lines,
      float[] c,
      int at,
      int stride,
      boolean first) {
    int r1 = at + stride;
    int r2 = r1 + stride;
    int r3 = r2 + stride;
    FloatVector c0 = FloatTile.start(c, at, first);
    FloatVector d0 = FloatTile.start(c, at + LANES, first);
    FloatVector c1 = FloatTile.start(c, r1, first);
    FloatVector d1 = FloatTile.start(c, r1 + LANES, first);
    FloatVector c2 = FloatTile.start(c, r2, first);
    FloatVector d2 = FloatTile.start(c, r2 + LANES, first);
    FloatVector c3 = FloatTile.start(c, r3, first);
    FloatVector d3 = FloatTile.start(c, r3 + LANES, first);
    for (int p = 0; p < lines; p++) {
      int q = a + p;
      int s = b + p * (2 * LANES);
      FloatVector y = FloatVector.fromArray(SPECIES, right, s);
      FloatVector z = FloatVector.fromArray(SPECIES, right, s + LANES);
      FloatVector x = FloatVector.broadcast(SPECIES, left[q]);
      c0 = x.fma(y, c0);
      d0 = x.fma(z, d0);
      x = FloatVector.broadcast(SPECIES, left[q + STEP]);
      c1 = x.fma(y, c1);
      d1 = x.fma(z, d1);
      x = FloatVector.broadcast(SPECIES, left[q + 2 * STEP]);
      c2 = x.fma(y, c2);
      d2 = x.fma(z, d2);
      x = FloatVector.broadcast(SPECIES, left[q + 3 * STEP]);
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
