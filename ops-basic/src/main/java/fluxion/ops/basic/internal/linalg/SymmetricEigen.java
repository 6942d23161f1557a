package fluxion.ops.basic.internal.linalg;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Eigenvalues and eigenvectors of a symmetric matrix by the cyclic Jacobi method: Golub and Van
 * Loan, algorithm 8.5.3. It is slower than tridiagonal QR, and more accurate.
 */
public final class SymmetricEigen {
  private static final int SWEEPS = 60;

  private SymmetricEigen() {}

  /**
   * Finds all eigenvalues, in ascending order.
   *
   * @param a the symmetric matrix, {@code n × n}, which is overwritten
   * @param n its size
   * @param values takes the eigenvalues
   * @param vectors takes the eigenvectors, in columns, {@code n × n}
   */
  public static void solve(double[] a, int n, double[] values, double[] vectors) {
    // The vectors are kept in rows until the end, as a rotation goes along rows then.
    double[] rows = new double[n * n];
    for (int i = 0; i < n; i++) {
      rows[i * n + i] = 1;
    }
    for (int sweep = 0; sweep < SWEEPS && rotateAll(a, rows, n); sweep++) {
      // each sweep is the condition
    }
    Integer[] order =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> a[i * n + i]))
            .toArray(Integer[]::new);
    for (int j = 0; j < n; j++) {
      values[j] = a[order[j] * n + order[j]];
      for (int i = 0; i < n; i++) {
        vectors[i * n + j] = rows[order[j] * n + i];
      }
    }
  }

  /** One sweep over all pairs; whether there was anything left to do. */
  private static boolean rotateAll(double[] a, double[] rows, int n) {
    boolean rotated = false;
    for (int p = 0; p < n; p++) {
      for (int q = p + 1; q < n; q++) {
        double off = a[p * n + q];
        double app = a[p * n + p];
        double aqq = a[q * n + q];
        // An element that changes neither diagonal element is as good as 0.
        double small = 0x1p-54 * Math.min(Math.abs(app), Math.abs(aqq));
        if (off == 0 || Math.abs(off) <= small || !Double.isFinite(off)) {
          continue;
        }
        rotated = true;
        double theta = (aqq - app) / (2 * off);
        double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.hypot(1, theta));
        double c = 1 / Math.hypot(1, t);
        double s = t * c;
        Rotation.apply(a, p * n, q * n, 1, n, c, s);
        Rotation.apply(a, p, q, n, n, c, s);
        a[p * n + q] = 0;
        a[q * n + p] = 0;
        Rotation.apply(rows, p * n, q * n, 1, n, c, s);
      }
    }
    return rotated;
  }
}
