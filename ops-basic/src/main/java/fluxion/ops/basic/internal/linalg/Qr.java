package fluxion.ops.basic.internal.linalg;

/**
 * QR factorisation by Householder reflections: Golub and Van Loan, algorithms 5.2.1 and 5.1.5.
 * Signs are LAPACK's: a diagonal element of R has the sign that its reflection does not cancel, and
 * is left as it is where there is nothing below it.
 */
public final class Qr {
  private Qr() {}

  /**
   * Overwrites a matrix by R and, below its diagonal, the reflections' vectors, whose first element
   * is 1 and not kept.
   *
   * @param a the matrix, {@code m × n}
   * @param m its rows
   * @param n its columns
   * @return the reflections' factors
   */
  public static double[] factor(double[] a, int m, int n) {
    double[] taus = new double[Math.min(m, n)];
    for (int k = 0; k < taus.length; k++) {
      double below = 0;
      for (int i = k + 1; i < m; i++) {
        below = Math.hypot(below, a[i * n + k]);
      }
      if (below == 0) {
        continue;
      }
      double first = a[k * n + k];
      double diagonal = -Math.copySign(Math.hypot(first, below), first);
      taus[k] = (diagonal - first) / diagonal;
      for (int i = k + 1; i < m; i++) {
        a[i * n + k] /= first - diagonal;
      }
      a[k * n + k] = diagonal;
      for (int j = k + 1; j < n; j++) {
        double dot = a[k * n + j];
        for (int i = k + 1; i < m; i++) {
          dot += a[i * n + k] * a[i * n + j];
        }
        dot *= taus[k];
        a[k * n + j] -= dot;
        for (int i = k + 1; i < m; i++) {
          a[i * n + j] -= dot * a[i * n + k];
        }
      }
    }
    return taus;
  }

  /**
   * {@return the first columns of Q, {@code m × columns}}
   *
   * @param a what {@link #factor} made of the matrix
   * @param taus the reflections' factors
   * @param m the matrix's rows
   * @param n its columns
   * @param columns how many columns, at least as many as reflections
   */
  public static double[] orthogonal(double[] a, double[] taus, int m, int n, int columns) {
    double[] q = new double[m * columns];
    for (int i = 0; i < columns; i++) {
      q[i * columns + i] = 1;
    }
    for (int k = taus.length - 1; k >= 0; k--) {
      for (int j = k; j < columns; j++) {
        double dot = q[k * columns + j];
        for (int i = k + 1; i < m; i++) {
          dot += a[i * n + k] * q[i * columns + j];
        }
        dot *= taus[k];
        q[k * columns + j] -= dot;
        for (int i = k + 1; i < m; i++) {
          q[i * columns + j] -= dot * a[i * n + k];
        }
      }
    }
    return q;
  }
}
