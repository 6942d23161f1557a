package fluxion.backend.cpu.gemm;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** Products of few rows with a double matrix whose rows are contiguous. */
final class DoubleRows {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /** How many columns of the product are kept in a cache meanwhile. */
  private static final int STRIP = 1024;

  private DoubleRows() {}

  /** Multiplies, with one chain an element. */
  static void multiply(Matrix a, Matrix b, Matrix c, int m, int k, int n) {
    double[] left = (double[]) a.array();
    double[] right = (double[]) b.array();
    double[] product = (double[]) c.array();
    double[] sums = new double[m * Math.min(n, STRIP)];
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
      double[] left,
      int row,
      int step,
      double[] right,
      int at,
      int stride,
      double[] sums,
      int start,
      int width) {
    DoubleVector x0 = DoubleVector.broadcast(SPECIES, left[row]);
    DoubleVector x1 = DoubleVector.broadcast(SPECIES, left[row + step]);
    DoubleVector x2 = DoubleVector.broadcast(SPECIES, left[row + 2 * step]);
    DoubleVector x3 = DoubleVector.broadcast(SPECIES, left[row + 3 * step]);
    DoubleVector x4 = DoubleVector.broadcast(SPECIES, left[row + 4 * step]);
    DoubleVector x5 = DoubleVector.broadcast(SPECIES, left[row + 5 * step]);
    DoubleVector x6 = DoubleVector.broadcast(SPECIES, left[row + 6 * step]);
    DoubleVector x7 = DoubleVector.broadcast(SPECIES, left[row + 7 * step]);
    int end = SPECIES.loopBound(width);
    for (int j = 0; j < end; j += LANES) {
      int q = at + j;
      DoubleVector s = DoubleVector.fromArray(SPECIES, sums, start + j);
      s = x0.fma(DoubleVector.fromArray(SPECIES, right, q), s);
      s = x1.fma(DoubleVector.fromArray(SPECIES, right, q + stride), s);
      s = x2.fma(DoubleVector.fromArray(SPECIES, right, q + 2 * stride), s);
      s = x3.fma(DoubleVector.fromArray(SPECIES, right, q + 3 * stride), s);
      s = x4.fma(DoubleVector.fromArray(SPECIES, right, q + 4 * stride), s);
      s = x5.fma(DoubleVector.fromArray(SPECIES, right, q + 5 * stride), s);
      s = x6.fma(DoubleVector.fromArray(SPECIES, right, q + 6 * stride), s);
      s = x7.fma(DoubleVector.fromArray(SPECIES, right, q + 7 * stride), s);
      s.intoArray(sums, start + j);
    }
    if (end < width) {
      for (int r = 0; r < 8; r++) {
        addOne(left[row + r * step], right, at + r * stride, sums, start, end, width);
      }
    }
  }

  private static void addOne(
      double x, double[] right, int at, double[] sums, int start, int from, int to) {
    for (int j = from; j < to; j++) {
      sums[start + j] = Math.fma(x, right[at + j], sums[start + j]);
    }
  }
}
