package fluxion.ops.basic.internal.linalg;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Singular values and vectors by the one-sided Jacobi method of Hestenes: Golub and Van Loan,
 * section 8.6.3. Pairs of columns are rotated until all are orthogonal; their lengths are the
 * singular values.
 */
public final class Svd {
  private static final int SWEEPS = 60;
  private static final double EPSILON = 0x1p-52;

  private Svd() {}

  /**
   * Finds all singular values, in descending order.
   *
   * @param columns the columns of the matrix, one after the other, {@code n × m} for an {@code m ×
   *     n} matrix with {@code m ≥ n}; overwritten
   * @param m the length of a column
   * @param n their number
   * @param left takes the left vectors one after the other, {@code n × m}, or {@code m × m} for all
   *     of a basis
   * @param values takes the singular values
   * @param right takes the right vectors one after the other, {@code n × n}
   */
  public static void solve(
      double[] columns, int m, int n, double[] left, double[] values, double[] right) {
    double[] turned = new double[n * n];
    for (int i = 0; i < n; i++) {
      turned[i * n + i] = 1;
    }
    double tolerance = EPSILON * Math.max(4, Math.sqrt(m));
    for (int sweep = 0; sweep < SWEEPS && rotateAll(columns, turned, m, n, tolerance); sweep++) {
      // each sweep is the condition
    }
    double[] lengths = new double[n];
    for (int j = 0; j < n; j++) {
      lengths[j] = length(columns, j * m, m);
    }
    Integer[] order =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparingDouble(j -> -lengths[j]))
            .toArray(Integer[]::new);
    int found = 0;
    for (int j = 0; j < n; j++) {
      int from = order[j];
      values[j] = lengths[from];
      System.arraycopy(turned, from * n, right, j * n, n);
      if (lengths[from] > Double.MIN_NORMAL) {
        found = j + 1;
        for (int i = 0; i < m; i++) {
          left[j * m + i] = columns[from * m + i] / lengths[from];
        }
      }
    }
    complete(left, m, found);
  }

  private static boolean rotateAll(
      double[] columns, double[] turned, int m, int n, double tolerance) {
    boolean rotated = false;
    for (int p = 0; p < n; p++) {
      for (int q = p + 1; q < n; q++) {
        double pp = dot(columns, p * m, p * m, m);
        double qq = dot(columns, q * m, q * m, m);
        double pq = dot(columns, p * m, q * m, m);
        double bound = tolerance * Math.sqrt(pp) * Math.sqrt(qq);
        if (Math.abs(pq) <= bound || !Double.isFinite(pq)) {
          continue;
        }
        rotated = true;
        double zeta = (qq - pp) / (2 * pq);
        double t = Math.copySign(1, zeta) / (Math.abs(zeta) + Math.hypot(1, zeta));
        double c = 1 / Math.hypot(1, t);
        double s = t * c;
        Rotation.apply(columns, p * m, q * m, 1, m, c, s);
        Rotation.apply(turned, p * n, q * n, 1, n, c, s);
      }
    }
    return rotated;
  }

  private static double dot(double[] a, int x, int y, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += a[x + i] * a[y + i];
    }
    return sum;
  }

  private static double length(double[] a, int start, int count) {
    double most = 0;
    for (int i = 0; i < count; i++) {
      most = Math.max(most, Math.abs(a[start + i]));
    }
    if (most == 0 || !Double.isFinite(most)) {
      return most;
    }
    double sum = 0;
    for (int i = 0; i < count; i++) {
      double x = a[start + i] / most;
      sum += x * x;
    }
    return most * Math.sqrt(sum);
  }

  /**
   * Extends orthonormal vectors to as many as there is room for: each time by the unit vector that
   * is farthest from their span, made orthogonal to it twice.
   *
   * @param vectors the vectors, one after the other
   * @param m the length of each
   * @param found how many there are
   */
  private static void complete(double[] vectors, int m, int found) {
    for (int k = found; (k + 1) * m <= vectors.length; k++) {
      int farthest = 0;
      double most = -1;
      for (int i = 0; i < m; i++) {
        double rest = 1;
        for (int j = 0; j < k; j++) {
          rest -= vectors[j * m + i] * vectors[j * m + i];
        }
        if (rest > most) {
          most = rest;
          farthest = i;
        }
      }
      Arrays.fill(vectors, k * m, (k + 1) * m, 0);
      vectors[k * m + farthest] = 1;
      for (int pass = 0; pass < 2; pass++) {
        for (int j = 0; j < k; j++) {
          double share = dot(vectors, j * m, k * m, m);
          for (int i = 0; i < m; i++) {
            vectors[k * m + i] -= share * vectors[j * m + i];
          }
        }
      }
      double length = length(vectors, k * m, m);
      for (int i = 0; i < m; i++) {
        vectors[k * m + i] /= length;
      }
    }
  }
}
