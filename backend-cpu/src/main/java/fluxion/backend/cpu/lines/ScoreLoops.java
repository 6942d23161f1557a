package fluxion.backend.cpu.lines;

/**
 * The loops over the logits of attention, of float32. Those over vectors and the plain ones have
 * the same bits.
 */
public abstract class ScoreLoops {
  /** Only {@link Scores} has some. */
  ScoreLoops() {}

  /**
   * {@return its exponential}
   *
   * @param x a number that is at most 0, or NaN
   */
  public final float exponential(float x) {
    return FloatLine.exponential(x);
  }

  /**
   * Replaces rows by {@code exp(x − max)}, where max is the largest element that is no NaN of the
   * row and of what was before it.
   *
   * @param x the rows
   * @param from where the first begins
   * @param step the step from row to row
   * @param rows how many rows
   * @param n the elements of each
   * @param maxima the largest elements before, and takes those of now
   * @param sums takes the sums of the rows, from 0 on, summed as by a reduction
   * @param at where the first row's largest element is
   */
  public abstract void exponentials(
      float[] x, int from, int step, int rows, int n, float[] maxima, float[] sums, int at);

  /**
   * Adds a mask to a row.
   *
   * @param x the row and the mask
   * @param at where the row begins
   * @param n its elements; what lies behind them, up to a vector, may be changed
   * @param mask where the mask begins
   * @param replaces whether −∞ of the mask replaces what is there, and nothing is added
   */
  public abstract void mask(float[] x, int at, int n, int mask, boolean replaces);

  /**
   * Replaces a row of logits x by weights {@code p = exp(x − lse)}, and a row of their gradients h
   * by {@code (h − d) · p}.
   *
   * @param x all of them
   * @param at where the logits begin
   * @param gradients where the gradients begin
   * @param n the elements of each row; what lies behind them, up to a vector, may be changed
   * @param lse where lse begins, a row of n
   * @param dots where d begins, a row of n
   */
  public abstract void gradients(float[] x, int at, int gradients, int n, int lse, int dots);
}
