package fluxion.backend.cpu.gemm;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Products of few rows with a float matrix whose rows are contiguous. */
final class FloatRows {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /** How many columns of the product are kept in a cache meanwhile. */
  private static final int STRIP = 1024;

  private FloatRows() {}

  /** Multiplies, with one chain an element. */
  static void multiply(Matrix a, Matrix b, Matrix c, int m, int k, int n) {
    float[] left = (float[]) a.array();
    float[] right = (float[]) b.array();
    float[] product = (float[]) c.array();
    float[] sums = new float[m * Math.min(n, STRIP)];
    for (int j = 0; j < n; j += STRIP) {
      int width = Math.min(STRIP, n - j);
      Arrays.fill(sums, 0);
      int p = 0;
      for (; p + 8 <= k; p += 8) {
        for (int i = 0; i < m; i++) {
          addEight(
              left,
              a.at(i, p),
              a.columnStride(),
              right,
              b.at(p, j),
              b.rowStride(),
              sums,
              i * width,
              width);
        }
      }
      for (; p < k; p++) {
        for (int i = 0; i < m; i++) {
          addOne(left[a.at(i, p)], right, b.at(p, j), sums, i * width, 0, width);
        }
      }
      for (int i = 0; i < m; i++) {
        int at = c.at(i, j);
        for (int column = 0; column < width; column++) {
          product[at + column * c.columnStride()] = sums[i * width + column];
        }
      }
    }
  }

  /** Adds multiples of eight rows, in order, to a row of sums. */
  private static void addEight(
      float[] left,
      int row,
      int step,
      float[] right,
      int at,
      int stride,
      float[] sums,
      int start,
      int width) {
    FloatVector x0 = FloatVector.broadcast(SPECIES, left[row]);
    FloatVector x1 = FloatVector.broadcast(SPECIES, left[row + step]);
    FloatVector x2 = FloatVector.broadcast(SPECIES, left[row + 2 * step]);
    FloatVector x3 = FloatVector.broadcast(SPECIES, left[row + 3 * step]);
    FloatVector x4 = FloatVector.broadcast(SPECIES, left[row + 4 * step]);
    FloatVector x5 = FloatVector.broadcast(SPECIES, left[row + 5 * step]);
    FloatVector x6 = FloatVector.broadcast(SPECIES, left[row + 6 * step]);
    FloatVector x7 = FloatVector.broadcast(SPECIES, left[row + 7 * step]);
    int end = SPECIES.loopBound(width);
    for (int j = 0; j < end; j += LANES) {
      int q = at + j;
      FloatVector s = FloatVector.fromArray(SPECIES, sums, start + j);
      s = x0.fma(FloatVector.fromArray(SPECIES, right, q), s);
      s = x1.fma(FloatVector.fromArray(SPECIES, right, q + stride), s);
      s = x2.fma(FloatVector.fromArray(SPECIES, right, q + 2 * stride), s);
      s = x3.fma(FloatVector.fromArray(SPECIES, right, q + 3 * stride), s);
      s = x4.fma(FloatVector.fromArray(SPECIES, right, q + 4 * stride), s);
      s = x5.fma(FloatVector.fromArray(SPECIES, right, q + 5 * stride), s);
      s = x6.fma(FloatVector.fromArray(SPECIES, right, q + 6 * stride), s);
      s = x7.fma(FloatVector.fromArray(SPECIES, right, q + 7 * stride), s);
      s.intoArray(sums, start + j);
    }
    if (end < width) {
      for (int r = 0; r < 8; r++) {
        addOne(left[row + r * step], right, at + r * stride, sums, start, end, width);
      }
    }
  }

  private static void addOne(
      float x, float[] right, int at, float[] sums, int start, int from, int to) {
    for (int j = from; j < to; j++) {
      sums[start + j] = Math.fma(x, right[at + j], sums[start + j]);
    }
  }
}
