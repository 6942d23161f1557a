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
   * @param found the result, a value of the dtype
   * @param exact the exact value
   * @param dtype the dtype of the result, a floating-point one
   */
  public static double ulps(double found, Precise exact, DType dtype) {
    double rounded = exact.round(dtype);
    if (Double.isNaN(found) || Double.isNaN(rounded)) {
      return Double.isNaN(found) && Double.isNaN(rounded) ? 0 : Double.POSITIVE_INFINITY;
    }
    if (found == 0 && rounded == 0) {
      return Double.compare(found, rounded) == 0 ? 0 : Double.POSITIVE_INFINITY;
    }
    if (Double.isInfinite(found) || Double.isInfinite(rounded)) {
      return found == rounded ? 0 : Double.POSITIVE_INFINITY;
    }
    int unit = Rounding.unit(rounded == 0 ? Integer.MIN_VALUE : exponent(rounded), dtype);
    // The difference in units: exact but for what is far below one unit.
    DoubleDouble there = exact.digits().scaled(exact.exponent() - unit);
    DoubleDouble here = DoubleDouble.of(Math.scalb(found, -unit));
    return Math.abs(here.minus(there).high());
  }

  /**
   * {@return the distance of a result from the exact value; see {@link #ulps(double, Precise,
   * DType)}}
   *
   * @param found the result, a value of the dtype
   * @param exact the exact value, or one that is close enough to count as it
   * @param dtype the dtype of the result, a floating-point one
   */
  public static double ulps(double found, double exact, DType dtype) {
    return ulps(found, Precise.of(exact), dtype);
  }

  private static int exponent(double value) {
    return Math.getExponent(value) >= Double.MIN_EXPONENT
        ? Math.getExponent(value)
        : Double.MIN_EXPONENT - 1; // a subnormal float64: the unit is the least
  }
}
