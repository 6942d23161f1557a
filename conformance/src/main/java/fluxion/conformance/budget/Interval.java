package fluxion.conformance.budget;

/**
 * A closed range of arguments.
 *
 * @param low the least
 * @param high the greatest
 */
public record Interval(double low, double high) {
  /** All numbers. */
  public static final Interval ALL =
      new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  /** Checks the bounds. */
  public Interval {
    if (!(low <= high)) {
      throw new IllegalArgumentException("no range from " + low + " to " + high);
    }
  }

  /**
   * {@return whether a number lies in it; NaN does not}
   *
   * @param x the number
   */
  public boolean contains(double x) {
    return low <= x && x <= high;
  }
}
