package fluxion.backend.cpu.gemm;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products with at most one vector of columns, such as those of a convolution over planes of 2 × 2
 * or 4 × 4: the left matrix is used once, so it is read where it lies, and half a tile is not
 * computed.
 */
final class FloatNarrow {
  /** Enough sums to keep the units busy, and few enough for 16 registers. */
  static final int ROWS = 8;

  private static final VectorSpecies<Float> SPECIES = FloatTile.SPECIES;
  private static final int LANES = FloatTile.LANES;

  private FloatNarrow() {}

  /**
   * Continues, or begins, the chains of some rows of sums, each of {@link #LANES}.
   *
   * @param left the left matrix
   * @param a where its first row begins, whose elements are contiguous
   * @param step the step from row to row
   * @param right where the panel of the right matrix is
   * @param b where it begins
   * @param lines the number of summands
   * @param sums where sums are, row after row
   * @param at where they begin
   * @param rows how many rows
   */
  static void run(
      float[] left,
      int a,
      int step,
      float[] right,
      int b,
      int lines,
      float[] sums,
      int at,
      int rows) {
    int i = 0;
    for (; i + ROWS <= rows; i += ROWS) {
      eight(left, a + i * step, step, right, b, lines, sums, at + i * LANES);
    }
    for (; i < rows; i++) {
      one(left, a + i * step, right, b, lines, sums, at + i * LANES);
    }
  }

  /** Continues the chains of eight rows. */
  static void eight(
      float[] left, int a, int step, float[] right, int b, int lines, float[] sums, int at) {
    int r1 = a + step;
    int r2 = r1 + step;
    int r3 = r2 + step;
    int r4 = r3 + step;
    int r5 = r4 + step;
    int r6 = r5 + step;
    int r7 = r6 + step;
    FloatVector c0 = FloatVector.fromArray(SPECIES, sums, at);
    FloatVector c1 = FloatVector.fromArray(SPECIES, sums, at + LANES);
    FloatVector c2 = FloatVector.fromArray(SPECIES, sums, at + 2 * LANES);
    FloatVector c3 = FloatVector.fromArray(SPECIES, sums, at + 3 * LANES);
    FloatVector c4 = FloatVector.fromArray(SPECIES, sums, at + 4 * LANES);
    FloatVector c5 = FloatVector.fromArray(SPECIES, sums, at + 5 * LANES);
    FloatVector c6 = FloatVector.fromArray(SPECIES, sums, at + 6 * LANES);
    FloatVector c7 = FloatVector.fromArray(SPECIES, sums, at + 7 * LANES);
    for (int p = 0; p < lines; p++) {
      FloatVector y = FloatVector.fromArray(SPECIES, right, b + p * (2 * LANES));
      c0 = FloatVector.broadcast(SPECIES, left[a + p]).fma(y, c0);
      c1 = FloatVector.broadcast(SPECIES, left[r1 + p]).fma(y, c1);
      c2 = FloatVector.broadcast(SPECIES, left[r2 + p]).fma(y, c2);
      c3 = FloatVector.broadcast(SPECIES, left[r3 + p]).fma(y, c3);
      c4 = FloatVector.broadcast(SPECIES, left[r4 + p]).fma(y, c4);
      c5 = FloatVector.broadcast(SPECIES, left[r5 + p]).fma(y, c5);
      c6 = FloatVector.broadcast(SPECIES, left[r6 + p]).fma(y, c6);
      c7 = FloatVector.broadcast(SPECIES, left[r7 + p]).fma(y, c7);
    }
    c0.intoArray(sums, at);
    c1.intoArray(sums, at + LANES);
    c2.intoArray(sums, at + 2 * LANES);
    c3.intoArray(sums, at + 3 * LANES);
    c4.intoArray(sums, at + 4 * LANES);
    c5.intoArray(sums, at + 5 * LANES);
    c6.intoArray(sums, at + 6 * LANES);
    c7.intoArray(sums, at + 7 * LANES);
  }

  private static void one(
      float[] left, int a, float[] right, int b, int lines, float[] sums, int at) {
    FloatVector c = FloatVector.fromArray(SPECIES, sums, at);
    for (int p = 0; p < lines; p++) {
      FloatVector y = FloatVector.fromArray(SPECIES, right, b + p * (2 * LANES));
      c = FloatVector.broadcast(SPECIES, left[a + p]).fma(y, c);
    }
    c.intoArray(sums, at);
  }
}
