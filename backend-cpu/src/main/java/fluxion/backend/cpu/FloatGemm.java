package fluxion.backend.cpu;

import java.util.Arrays;

/**
 * Products of contiguous float matrices.
 *
 * <p>Each element is one chain of fused multiply-adds from 0 in ascending k. Blocking and unrolling
 * change the order in which elements progress, never the chain of one.
 */
final class FloatGemm {
  /** How many rows of the right matrix are used before the next rows of it are touched. */
  private static final int ROWS = 128;

  /** How many columns of the right matrix are used at a time; with the rows they fit a cache. */
  private static final int COLUMNS = 1024;

  /** Fewer columns than this are not worth a loop along them. */
  private static final int NARROW = 4;

  private FloatGemm() {}

  /**
   * Multiplies {@code c = a · b}.
   *
   * @param a the left matrix, {@code [m, k]}, from {@code ao} on
   * @param b the right matrix, {@code [k, n]}, from {@code bo} on
   * @param c the product, {@code [m, n]}, from {@code co} on
   */
  static void multiply(
      float[] a, int ao, float[] b, int bo, float[] c, int co, int m, int k, int n) {
    if (n < NARROW) {
      narrow(a, ao, b, bo, c, co, m, k, n);
      return;
    }
    Arrays.fill(c, co, co + m * n, 0);
    float[][] block = new float[Math.min(ROWS, k)][Math.min(COLUMNS, n)];
    float[] sums = new float[Math.min(COLUMNS, n)];
    for (int j0 = 0; j0 < n; j0 += COLUMNS) {
      int columns = Math.min(COLUMNS, n - j0);
      for (int p0 = 0; p0 < k; p0 += ROWS) {
        int rows = Math.min(ROWS, k - p0);
        for (int p = 0; p < rows; p++) {
          System.arraycopy(b, bo + (p0 + p) * n + j0, block[p], 0, columns);
        }
        for (int i = 0; i < m; i++) {
          System.arraycopy(c, co + i * n + j0, sums, 0, columns);
          addRows(a, ao + i * k + p0, block, sums, rows, columns);
          System.arraycopy(sums, 0, c, co + i * n + j0, columns);
        }
      }
    }
  }

  /**
   * Adds multiples of rows of b, in order, to a row of c.
   *
   * <p>Each row is an array of its own, so that all have one index: the JVM vectorises such loops,
   * and not those over two places of arrays that might be the same.
   */
  private static void addRows(float[] a, int ai, float[][] b, float[] c, int rows, int columns) {
    int p = 0;
    for (; p + 4 <= rows; p += 4) {
      float[] b0 = b[p];
      float[] b1 = b[p + 1];
      float[] b2 = b[p + 2];
      float[] b3 = b[p + 3];
      float a0 = a[ai + p];
      float a1 = a[ai + p + 1];
      float a2 = a[ai + p + 2];
      float a3 = a[ai + p + 3];
      for (int j = 0; j < columns; j++) {
        c[j] =
            Math.fma(
                a3, b3[j], Math.fma(a2, b2[j], Math.fma(a1, b1[j], Math.fma(a0, b0[j], c[j]))));
      }
    }
    for (; p < rows; p++) {
      float[] b0 = b[p];
      float a0 = a[ai + p];
      for (int j = 0; j < columns; j++) {
        c[j] = Math.fma(a0, b0[j], c[j]);
      }
    }
  }

  /** The same for few columns: four rows of a at a time, so that their chains overlap. */
  private static void narrow(
      float[] a, int ao, float[] b, int bo, float[] c, int co, int m, int k, int n) {
    for (int j = 0; j < n; j++) {
      int i = 0;
      for (; i + 4 <= m; i += 4) {
        int row0 = ao + i * k;
        int row1 = row0 + k;
        int row2 = row1 + k;
        int row3 = row2 + k;
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        for (int p = 0; p < k; p++) {
          float x = b[bo + p * n + j];
          s0 = Math.fma(a[row0 + p], x, s0);
          s1 = Math.fma(a[row1 + p], x, s1);
          s2 = Math.fma(a[row2 + p], x, s2);
          s3 = Math.fma(a[row3 + p], x, s3);
        }
        int at = co + i * n + j;
        c[at] = s0;
        c[at + n] = s1;
        c[at + 2 * n] = s2;
        c[at + 3 * n] = s3;
      }
      for (; i < m; i++) {
        float s = 0;
        for (int p = 0; p < k; p++) {
          s = Math.fma(a[ao + i * k + p], b[bo + p * n + j], s);
        }
        c[co + i * n + j] = s;
      }
    }
  }
}
