package fluxion.backend.cpu;

import java.util.Arrays;

/**
 * Products of contiguous {@code long} matrices.
 *
 * <p>They wrap, so the order of the sums does not matter.
 */
final class LongGemm {
  private LongGemm() {}

  /**
   * Multiplies {@code c = a · b}.
   *
   * @param a the left matrix, {@code [m, k]}, from {@code ao} on
   * @param b the right matrix, {@code [k, n]}, from {@code bo} on
   * @param c the product, {@code [m, n]}, from {@code co} on
   */
  static void multiply(long[] a, int ao, long[] b, int bo, long[] c, int co, int m, int k, int n) {
    Arrays.fill(c, co, co + m * n, 0);
    for (int i = 0; i < m; i++) {
      for (int p = 0; p < k; p++) {
        addRow(a[ao + i * k + p], b, bo + p * n, c, co + i * n, n);
      }
    }
  }

  private static void addRow(long factor, long[] b, int row, long[] c, int ci, int n) {
    for (int j = 0; j < n; j++) {
      c[ci + j] += factor * b[row + j];
    }
  }
}
