package fluxion.ops.basic.internal.linalg;

/** Substitution: Golub and Van Loan, section 3.1, for several right-hand sides. */
public final class Triangular {
  private Triangular() {}

  /**
   * Overwrites right-hand sides by the solutions of {@code T X = B}.
   *
   * @param t the matrix, {@code n × n}, of which one triangle is read
   * @param n its size
   * @param upper whether that is the upper one
   * @param unit whether its diagonal counts as 1 and is not read
   * @param b the right-hand sides, {@code n × columns}
   * @param columns their number
   */
  public static void solve(
      double[] t, int n, boolean upper, boolean unit, double[] b, int columns) {
    for (int step = 0; step < n; step++) {
      int i = upper ? n - 1 - step : step;
      int from = upper ? i + 1 : 0;
      int to = upper ? n : i;
      for (int k = from; k < to; k++) {
        double factor = t[i * n + k];
        if (factor != 0) {
          for (int j = 0; j < columns; j++) {
            b[i * columns + j] -= factor * b[k * columns + j];
          }
        }
      }
      double divisor = t[i * n + i];
      for (int j = 0; !unit && j < columns; j++) {
        b[i * columns + j] /= divisor;
      }
    }
  }
}
