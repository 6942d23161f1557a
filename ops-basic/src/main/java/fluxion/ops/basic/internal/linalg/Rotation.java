package fluxion.ops.basic.internal.linalg;

/** A plane rotation: Golub and Van Loan, section 5.1.8. */
final class Rotation {
  private Rotation() {}

  /**
   * Turns two vectors: {@code x ← c x − s y, y ← s x + c y}.
   *
   * @param a where both lie
   * @param x the first one's start
   * @param y the second one's
   * @param step the distance of elements
   * @param count their number
   * @param c the cosine
   * @param s the sine
   */
  static void apply(double[] a, int x, int y, int step, int count, double c, double s) {
    for (int i = 0; i < count; i++) {
      double first = a[x + i * step];
      double second = a[y + i * step];
      a[x + i * step] = c * first - s * second;
      a[y + i * step] = s * first + c * second;
    }
  }
}
