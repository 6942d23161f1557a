package fluxion.ops.basic.internal;

import fluxion.api.Tensor;

/**
 * Linear recurrences, which the gradients of running products and of running sums of exponentials
 * are.
 *
 * <p>They are solved by doubling: after each step an element covers twice as many neighbours (W. D.
 * Hillis and G. L. Steele, <i>Data parallel algorithms</i>, 1986). Nothing is divided, and all is
 * made of tensor operations, so derivatives of every order follow.
 */
final class Recurrence {
  private Recurrence() {}

  /**
   * {@return y with {@code y[i] = summand[i] + factor[i] · y[i + 1]}, from the last element to the
   * first}
   *
   * @param factor one element fewer than the summands along the dimension
   * @param summand the summands
   * @param dim the dimension, from 0
   */
  static Tensor backwards(Tensor factor, Tensor summand, int dim) {
    long n = summand.size(dim);
    Tensor y = summand;
    Tensor a = factor;
    for (long step = 1; step < n; step *= 2) {
      Tensor head = y.narrow(dim, 0, n - step).add(a.mul(y.narrow(dim, step, n - step)));
      y = Joins.cat(new Tensor[] {head, y.narrow(dim, n - step, step)}, dim);
      long left = n - 2 * step;
      if (left > 0) {
        a = a.narrow(dim, 0, left).mul(a.narrow(dim, step, left));
      }
    }
    return y;
  }
}
