package fluxion.backend.cpu.gemm;

import jdk.incubator.vector.FloatVector;

/** A tile of twelve rows: 24 of the vector registers hold its sums. */
final class FloatTile12 extends FloatTile {
  private static final int ROWS = 12;
  private static final int STEP = Packed.STEP;

  FloatTile12() {
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
    int r5 = r4 + stride;
    int r6 = r5 + stride;
    int r7 = r6 + stride;
    int r8 = r7 + stride;
    int r9 = r8 + stride;
    int r10 = r9 + stride;
    int r11 = r10 + stride;
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
    FloatVector c5 = start(c, r5, first);
    FloatVector d5 = start(c, r5 + LANES, first);
    FloatVector c6 = start(c, r6, first);
    FloatVector d6 = start(c, r6 + LANES, first);
    FloatVector c7 = start(c, r7, first);
    FloatVector d7 = start(c, r7 + LANES, first);
    FloatVector c8 = start(c, r8, first);
    FloatVector d8 = start(c, r8 + LANES, first);
    FloatVector c9 = start(c, r9, first);
    FloatVector d9 = start(c, r9 + LANES, first);
    FloatVector c10 = start(c, r10, first);
    FloatVector d10 = start(c, r10 + LANES, first);
    FloatVector c11 = start(c, r11, first);
    FloatVector d11 = start(c, r11 + LANES, first);
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
      x = FloatVector.broadcast(SPECIES, left[q + 5 * STEP]);
      c5 = x.fma(y, c5);
      d5 = x.fma(z, d5);
      x = FloatVector.broadcast(SPECIES, left[q + 6 * STEP]);
      c6 = x.fma(y, c6);
      d6 = x.fma(z, d6);
      x = FloatVector.broadcast(SPECIES, left[q + 7 * STEP]);
      c7 = x.fma(y, c7);
      d7 = x.fma(z, d7);
      x = FloatVector.broadcast(SPECIES, left[q + 8 * STEP]);
      c8 = x.fma(y, c8);
      d8 = x.fma(z, d8);
      x = FloatVector.broadcast(SPECIES, left[q + 9 * STEP]);
      c9 = x.fma(y, c9);
      d9 = x.fma(z, d9);
      x = FloatVector.broadcast(SPECIES, left[q + 10 * STEP]);
      c10 = x.fma(y, c10);
      d10 = x.fma(z, d10);
      x = FloatVector.broadcast(SPECIES, left[q + 11 * STEP]);
      c11 = x.fma(y, c11);
      d11 = x.fma(z, d11);
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
    c5.intoArray(c, r5);
    d5.intoArray(c, r5 + LANES);
    c6.intoArray(c, r6);
    d6.intoArray(c, r6 + LANES);
    c7.intoArray(c, r7);
    d7.intoArray(c, r7 + LANES);
    c8.intoArray(c, r8);
    d8.intoArray(c, r8 + LANES);
    c9.intoArray(c, r9);
    d9.intoArray(c, r9 + LANES);
    c10.intoArray(c, r10);
    d10.intoArray(c, r10 + LANES);
    c11.intoArray(c, r11);
    d11.intoArray(c, r11 + LANES);
  }
}
