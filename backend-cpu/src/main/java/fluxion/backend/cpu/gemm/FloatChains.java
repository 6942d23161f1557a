package fluxion.backend.cpu.gemm;

/** Products of float matrices by scalar loops, eight chains at a time. */
final class FloatChains {
  private FloatChains() {}

  /** Multiplies, with one chain an element. */
  static void multiply(Matrix a, Matrix b, Matrix c, int m, int k, int n) {
    float[] left = (float[]) a.array();
    float[] right = (float[]) b.array();
    float[] product = (float[]) c.array();
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

  private static float one(
      float[] left, int row, int leftStep, float[] right, int column, int rightStep, int k) {
    float s = 0;
    for (int p = 0; p < k; p++) {
      s = Math.fma(left[row + p * leftStep], right[column + p * rightStep], s);
    }
    return s;
  }

  /** Eight columns that lie side by side, whose places the compiler checks together. */
  private static void eightInRow(
      float[] left,
      int row,
      int leftStep,
      float[] right,
      int column,
      int rightStep,
      float[] product,
      int at,
      int step,
      int k) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    for (int p = 0; p < k; p++) {
      float x = left[row + p * leftStep];
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
      float[] left,
      int row,
      int leftStep,
      float[] right,
      int column,
      int rightStep,
      int across,
      float[] product,
      int at,
      int step,
      int k) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    for (int p = 0; p < k; p++) {
      float x = left[row + p * leftStep];
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
