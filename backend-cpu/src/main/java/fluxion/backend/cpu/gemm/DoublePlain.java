package fluxion.backend.cpu.gemm;

import java.util.Arrays;

/**
 * Products of double matrices by loops that the JVM vectorises by itself: of a third of the speed
 * of tiles of registers, but at once.
 */
final class DoublePlain {
  /** How many rows of the right matrix are used before the next rows of it are touched. */
  private static final int ROWS = 128;

  /** How many columns of the right matrix are used at a time; with the rows they fit a cache. */
  private static final int COLUMNS = 1024;

  private DoublePlain() {}

  /** Multiplies, with one chain an element. */
  static void multiply(Matrix a, Matrix b, Matrix c, int m, int k, int n) {
    double[] left = (double[]) a.array();
    double[] product = (double[]) c.array();
    double[][] block = new double[Math.min(ROWS, k)][Math.min(COLUMNS, n)];
    double[] sums = new double[Math.min(COLUMNS, n)];
    for (int j = 0; j < n; j += COLUMNS) {
      int columns = Math.min(COLUMNS, n - j);
      for (int p = 0; p < k; p += ROWS) {
        int rows = Math.min(ROWS, k - p);
        for (int r = 0; r < rows; r++) {
          read((double[]) b.array(), b.at(p + r, j), b.columnStride(), block[r], columns);
        }
        for (int i = 0; i < m; i++) {
          if (p > 0) {
            read(product, c.at(i, j), c.columnStride(), sums, columns);
          } else {
            Arrays.fill(sums, 0);
          }
          addRows(left, a.at(i, p), a.columnStride(), block, sums, rows, columns);
          write(sums, product, c.at(i, j), c.columnStride(), columns);
        }
      }
    }
  }

  private static void read(double[] from, int at, int step, double[] to, int n) {
    if (step == 1) {
      System.arraycopy(from, at, to, 0, n);
      return;
    }
    for (int j = 0; j < n; j++) {
      to[j] = from[at + j * step];
    }
  }

  private static void write(double[] from, double[] to, int at, int step, int n) {
    if (step == 1) {
      System.arraycopy(from, 0, to, at, n);
      return;
    }
    for (int j = 0; j < n; j++) {
      to[at + j * step] = from[j];
    }
  }

  /**
   * Adds multiples of rows of b, in order, to a row of c.
   *
   * <p>Each row is an array of its own, so that all have one index: the JVM vectorises such loops,
   * and not those over two places of arrays that might be the same.
   */
  static void addRows(
      double[] a, int at, int step, double[][] b, double[] c, int rows, int columns) {
    int p = 0;
    for (; p + 4 <= rows; p += 4) {
      double[] b0 = b[p];
      double[] b1 = b[p + 1];
      double[] b2 = b[p + 2];
      double[] b3 = b[p + 3];
      double a0 = a[at + p * step];
      double a1 = a[at + (p + 1) * step];
      double a2 = a[at + (p + 2) * step];
      double a3 = a[at + (p + 3) * step];
      for (int j = 0; j < columns; j++) {
        c[j] =
            Math.fma(
                a3, b3[j], Math.fma(a2, b2[j], Math.fma(a1, b1[j], Math.fma(a0, b0[j], c[j]))));
      }
    }
    for (; p < rows; p++) {
      double[] b0 = b[p];
      double a0 = a[at + p * step];
      for (int j = 0; j < columns; j++) {
        c[j] = Math.fma(a0, b0[j], c[j]);
      }
    }
  }
}
