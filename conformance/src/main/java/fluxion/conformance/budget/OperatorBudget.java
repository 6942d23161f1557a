package fluxion.conformance.budget;

/**
 * How far a device's result of a whole operator may be from the reference's: a found {@code a} from
 * an expected {@code b} by {@code relative · |b| + spread · max|b| + absolute}, the maximum taken
 * over the finite elements of the tensor.
 *
 * @param relative as a part of the element
 * @param spread as a part of the largest element
 * @param absolute besides
 */
public record OperatorBudget(double relative, double spread, double absolute) {
  /**
   * {@return whether an element is close enough; NaN only meets NaN, an infinity only itself}
   *
   * @param found the element
   * @param expected what the reference has
   * @param largest the largest size of a finite element of what the reference has
   */
  public boolean accepts(double found, double expected, double largest) {
    if (!Double.isFinite(expected) || !Double.isFinite(found)) {
      return Double.compare(found, expected) == 0;
    }
    return Math.abs(found - expected) <= allowed(expected, largest);
  }

  /**
   * {@return the allowed difference}
   *
   * @param expected what the reference has, finite
   * @param largest the largest size of a finite element of what the reference has
   */
  public double allowed(double expected, double largest) {
    return relative * Math.abs(expected) + spread * largest + absolute;
  }
}
