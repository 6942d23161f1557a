package fluxion.conformance.reference;

import fluxion.api.DType;

/** How far a result is from the exact value, in units in the last place. */
public final class Distance {
  private Distance() {}

  /**
   * {@return the distance of a result from the exact value, in units in the last place of the exact
   * value rounded to the dtype; 0 where NaN meets NaN or an infinity itself, +∞ where only one of
   * the two is NaN, or is infinite, or where zeros have different signs}
   *
   * @param found the result
   * @param exact the exact value, or a close one
   * @param dtype the dtype of the result: float32 or float64
   */
  public static double ulps(double found, double exact, DType dtype) {
    double rounded = dtype == DType.FLOAT32 ? (double) (float) exact : exact;
    if (Double.isNaN(found) || Double.isNaN(exact)) {
      return Double.isNaN(found) && Double.isNaN(exact) ? 0 : Double.POSITIVE_INFINITY;
    }
    if (found == 0 && rounded == 0) {
      return Double.compare(found, rounded) == 0 ? 0 : Double.POSITIVE_INFINITY;
    }
    if (Double.isInfinite(found) || Double.isInfinite(rounded)) {
      return found == rounded ? 0 : Double.POSITIVE_INFINITY;
    }
    double unit = dtype == DType.FLOAT32 ? Math.ulp((float) rounded) : Math.ulp(rounded);
    return Math.abs(found - exact) / unit;
  }
}
