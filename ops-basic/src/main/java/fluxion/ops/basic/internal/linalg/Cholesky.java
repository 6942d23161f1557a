package fluxion.ops.basic.internal.linalg;

/** The Cholesky factorisation {@code A = L Lᵀ}: Golub and Van Loan, algorithm 4.2.1, by rows. */
public final class Cholesky {
  private Cholesky() {}

  /**
   * Overwrites a matrix by its lower factor, and what is above the diagonal by zeros.
   *
   * @param a the matrix, {@code n × n}, of which the lower triangle is read
   * @param n its size
   * @return the order of the first leading minor that is not positive; 0 if all are
   */
  public static int factor(double[] a, int n) {
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = a[i * n + j];
        for (int k = 0; k < j; k++) {
          sum -= a[i * n + k] * a[j * n + k];
        }
        if (i > j) {
          a[i * n + j] = sum / a[j * n + j];
        } else if (sum > 0) {
          a[i * n + i] = Math.sqrt(sum);
        } else {
          return i + 1;
        }
      }
      for (int j = i + 1; j < n; j++) {
        a[i * n + j] = 0;
      }
    }
    return 0;
  }
}
