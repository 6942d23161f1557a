package fluxion.backend.cpu.gemm;

/** Products of double matrices by scalar loops, eight chains at a time. */
final class DoubleChains {
  private DoubleChains() {}

  /** Multiplies, with one chain an element. */
  static void multiply(Matrix a, Matrix b, Matrix c, int m, int k, int n) {
    double[] left = (double[]) a.array();
    double[] right = (double[]) b.array();
    double[] product = (double[]) c.array();
    for (int i = 0; i < m; i++) {
      int row = a.at(i, 0);
      int j = 0;
      for (; j + 8 <= n; j += 8) {
        int column = b.at(0, j);
        int at = c.at(i, j);
        if (b.columnStride() == 1) {
          eightInRow(
              left,
              row,
              a.columnStride(),
              right,
              column,
              b.rowStride(),
              product,
              at,
              c.columnStride(),
              k);
        } else {
          eight(
              left,
              row,
              a.columnStride(),
              right,
              column,
              b.rowStride(),
              b.columnStride(),
              product,
              at,
              c.columnStride(),
              k);
        }
      }
      for (; j < n; j++) {
        product[c.at(i, j)] = one(left, row, a.columnStride(), right, b.at(0, j), b.rowStride(), k);
      }
    }
  }

  private static double one(
      double[] left, int row, int leftStep, double[] right, int column, int rightStep, int k) {
    double s = 0;
    for (int p = 0; p < k; p++) {
      s = Math.fma(left[row + p * leftStep], right[column + p * rightStep], s);
    }
    return s;
  }

  /** Eight columns that lie side by side, whose places the compiler checks together. */
  private static void eightInRow(
      double[] left,
      int row,
      int leftStep,
      double[] right,
      int column,
      int rightStep,
      double[] product,
      int at,
      int step,
      int k) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    double s4 = 0;
    double s5 = 0;
    double s6 = 0;
    double s7 = 0;
    for (int p = 0; p < k; p++) {
      double x = left[row + p * leftStep];
      int q = column + p * rightStep;
      s0 = Math.fma(x, right[q], s0);
      s1 = Math.fma(x, right[q + 1], s1);
      s2 = Math.fma(x, right[q + 2], s2);
      s3 = Math.fma(x, right[q + 3], s3);
      s4 = Math.fma(x, right[q + 4], s4);
      s5 = Math.fma(x, right[q + 5], s5);
      s6 = Math.fma(x, right[q + 6], s6);
      s7 = Math.fma(x, right[q + 7], s7);
    }
    product[at] = s0;
    product[at + step] = s1;
    product[at + 2 * step] = s2;
    product[at + 3 * step] = s3;
    product[at + 4 * step] = s4;
    product[at + 5 * step] = s5;
    product[at + 6 * step] = s6;
    product[at + 7 * step] = s7;
  }

  private static void eight(
      double[] left,
      int row,
      int leftStep,
      double[] right,
      int column,
      int rightStep,
      int across,
      double[] product,
      int at,
      int step,
      int k) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    double s4 = 0;
    double s5 = 0;
    double s6 = 0;
    double s7 = 0;
    for (int p = 0; p < k; p++) {
      double x = left[row + p * leftStep];
      int q = column + p * rightStep;
      s0 = Math.fma(x, right[q], s0);
      s1 = Math.fma(x, right[q + across], s1);
      s2 = Math.fma(x, right[q + 2 * across], s2);
      s3 = Math.fma(x, right[q + 3 * across], s3);
      s4 = Math.fma(x, right[q + 4 * across], s4);
      s5 = Math.fma(x, right[q + 5 * across], s5);
      s6 = Math.fma(x, right[q + 6 * across], s6);
      s7 = Math.fma(x, right[q + 7 * across], s7);
    }
    product[at] = s0;
    product[at + step] = s1;
    product[at + 2 * step] = s2;
    product[at + 3 * step] = s3;
    product[at + 4 * step] = s4;
    product[at + 5 * step] = s5;
    product[at + 6 * step] = s6;
    product[at + 7 * step] = s7;
  }
}
