package fluxion.backend.cpu.gemm;

import jdk.incubator.vector.DoubleVector;

/** A tile of five rows: 10 of the vector registers hold its sums. */
final class DoubleTile5 extends DoubleTile {
  private static final int ROWS = 5;
  private static final int STEP = Packed.STEP;

  DoubleTile5() {
    super(ROWS);
  }

  @Override
  void full(
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
    int r4 = r3 + stride;
    DoubleVector c0 = start(c, at, first);
    DoubleVector d0 = start(c, at + LANES, first);
    DoubleVector c1 = start(c, r1, first);
    DoubleVector d1 = start(c, r1 + LANES, first);
    DoubleVector c2 = start(c, r2, first);
    DoubleVector d2 = start(c, r2 + LANES, first);
    DoubleVector c3 = start(c, r3, first);
    DoubleVector d3 = start(c, r3 + LANES, first);
    DoubleVector c4 = start(c, r4, first);
    DoubleVector d4 = start(c, r4 + LANES, first);
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
      x = DoubleVector.broadcast(SPECIES, left[q + 4 * STEP]);
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
