package fluxion.backend.cpu;

import java.util.Arrays;

/**
 * Products of {@code long} matrices.
 *
 * <p>They wrap, so the order of the sums does not matter.
 */
final class LongGemm {
  private LongGemm() {}

  /**
   * Multiplies {@code c = a · b}.
   *
   * @param a the left matrix, {@code [m, k]}, from {@code ao} on
   * @param aRow its row stride
   * @param aColumn its column stride
   * @param b the right matrix, {@code [k, n]}, from {@code bo} on, with contiguous rows
   * @param bRow its row stride
   * @param c the product, {@code [m, n]}, contiguous from {@code co} on
   */
  static void multiply(
      long[] a,
      int ao,
      int aRow,
      int aColumn,
      long[] b,
      int bo,
      int bRow,
      long[] c,
      int co,
      int m,
      int k,
      int n) {
    Arrays.fill(c, co, co + m * n, 0);
    for (int i = 0; i < m; i++) {
      for (int p = 0; p < k; p++) {
        addRow(a[ao + i * aRow + p * aColumn], b, bo + p * bRow, c, co + i * n, n);
      }
    }
  }

  private static void addRow(long factor, long[] b, int row, long[] c, int ci, int n) {
    for (int j = 0; j < n; j++) {
      c[ci + j] += factor * b[row + j];
    }
  }
}
