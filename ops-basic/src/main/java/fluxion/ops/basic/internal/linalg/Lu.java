package fluxion.ops.basic.internal.linalg;

/**
 * LU factorisation with partial pivoting: Golub and Van Loan, algorithm 3.4.1, for matrices of any
 * shape.
 */
public final class Lu {
  private Lu() {}

  /**
   * Overwrites a matrix by its factors: L, whose diagonal is 1, below the diagonal, U from it on.
   *
   * @param a the matrix, {@code m × n}
   * @param m its rows
   * @param n its columns
   * @param pivots takes for each step k the row with which row k was exchanged, from 0; its length
   *     is {@code min(m, n)}
   * @return the number, from 1, of the first pivot that is exactly 0; 0 if there is none
   */
  public static int factor(double[] a, int m, int n, int[] pivots) {
    int singular = 0;
    for (int k = 0; k < pivots.length; k++) {
      int pivot = k;
      for (int i = k + 1; i < m; i++) {
        if (Math.abs(a[i * n + k]) > Math.abs(a[pivot * n + k])) {
          pivot = i;
        }
      }
      pivots[k] = pivot;
      swapRows(a, n, k, pivot);
      double divisor = a[k * n + k];
      if (divisor == 0) {
        singular = singular == 0 ? k + 1 : singular;
      } else {
        eliminate(a, m, n, k);
      }
    }
    return singular;
  }

  /**
   * Overwrites a square matrix, whose rows are in the order of their pivots, by its factors.
   *
   * @param a the matrix, {@code n × n}
   * @param n its size
   */
  public static void factorInOrder(double[] a, int n) {
    for (int k = 0; k < n; k++) {
      if (a[k * n + k] != 0) {
        eliminate(a, n, n, k);
      }
    }
  }

  /** One step: the rows below a pivot lose their share of its row. */
  private static void eliminate(double[] a, int m, int n, int k) {
    for (int i = k + 1; i < m; i++) {
      double factor = a[i * n + k] / a[k * n + k];
      a[i * n + k] = factor;
      if (factor != 0) {
        for (int j = k + 1; j < n; j++) {
          a[i * n + j] -= factor * a[k * n + j];
        }
      }
    }
  }

  /**
   * Overwrites right-hand sides by the solutions of {@code A X = B}.
   *
   * @param lu the factors of A
   * @param pivots its exchanges
   * @param n the size of A
   * @param b the right-hand sides, {@code n × columns}
   * @param columns their number
   */
  public static void solve(double[] lu, int[] pivots, int n, double[] b, int columns) {
    for (int k = 0; k < n; k++) {
      swapRows(b, columns, k, pivots[k]);
    }
    Triangular.solve(lu, n, false, true, b, columns);
    Triangular.solve(lu, n, true, false, b, columns);
  }

  /**
   * {@return where the rows of {@code L U} come from: its row i is row {@code order[i]} of the
   * matrix}
   *
   * @param pivots the exchanges
   * @param m the number of rows
   */
  public static int[] order(int[] pivots, int m) {
    int[] order = new int[m];
    for (int i = 0; i < m; i++) {
      order[i] = i;
    }
    for (int k = 0; k < pivots.length; k++) {
      int row = order[k];
      order[k] = order[pivots[k]];
      order[pivots[k]] = row;
    }
    return order;
  }

  private static void swapRows(double[] a, int columns, int i, int k) {
    for (int j = 0; i != k && j < columns; j++) {
      double value = a[i * columns + j];
      a[i * columns + j] = a[k * columns + j];
      a[k * columns + j] = value;
    }
  }
}
