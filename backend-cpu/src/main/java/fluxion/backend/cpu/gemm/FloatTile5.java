package fluxion.backend.cpu.gemm;

import jdk.incubator.vector.FloatVector;

/** A tile of five rows: 10 of the vector registers hold its sums. */
final class FloatTile5 extends FloatTile {
  private static final int ROWS = 5;
  private static final int STEP = Packed.STEP;

  FloatTile5() {
    super(ROWS);
  }

  @Override
  void full(
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
    int r4 = r3 + stride;
    FloatVector c0 = start(c, at, first);
    FloatVector d0 = start(c, at + LANES, first);
    FloatVector c1 = start(c, r1, first);
    FloatVector d1 = start(c, r1 + LANES, first);
    FloatVector c2 = start(c, r2, first);
    FloatVector d2 = start(c, r2 + LANES, first);
    FloatVector c3 = start(c, r3, first);
    FloatVector d3 = start(c, r3 + LANES, first);
    FloatVector c4 = start(c, r4, first);
    FloatVector d4 = start(c, r4 + LANES, first);
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
      x = FloatVector.broadcast(SPECIES, left[q + 4 * STEP]);
      c4 = x.fma(y, c4);
      d4 = x.fma(z, d4);
    }
    c0.intoArray(c, at);
    d0.intoArray(c, at + LANES);
    c1.intoArray(c, r1);
    d1.intoArray(c, r1 + LANES);
    c2.intoArray(c, r2);
    d2.intoArray(c, r2 + LANES);
    c3.intoArray(c, r3);
    d3.intoArray(c, r3 + LANES);
    c4.intoArray(c, r4);
    d4.intoArray(c, r4 + LANES);
  }
}
