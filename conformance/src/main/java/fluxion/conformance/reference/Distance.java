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
   * <p>Where the exact value is finite, an infinite result counts as the first number beyond the
   * range.
   *
   * @param found the result, a value of the dtype
   * @param exact the exact value
   * @param dtype the dtype of the result, a floating-point one
   */
  public static double ulps(double found, Precise exact, DType dtype) {
    if (Double.isNaN(found) || !Double.isFinite(exact.high())) {
      return Double.compare(found, exact.high()) == 0 ? 0 : Double.POSITIVE_INFINITY;
    }
    double rounded = exact.round(dtype);
    if (found == rounded && (Double.isInfinite(found) || exact.high() == 0)) {
      return Double.compare(found, rounded) == 0 ? 0 : Double.POSITIVE_INFINITY;
    }
    if (found == 0 && rounded == 0 && Double.compare(found, rounded) != 0) {
      return Double.POSITIVE_INFINITY;
    }
    int top = 2 - Rounding.leastExponent(dtype); // 2^top is the first number beyond the range
    int unit =
        Double.isInfinite(rounded) ? Rounding.unit(top - 1, dtype) : unitExponent(rounded, dtype);
    // The difference in units: exact but for what is far below one unit.
    DoubleDouble there = exact.digits().scaled(exact.exponent() - unit);
    double units =
        Double.isInfinite(found)
            ? Math.copySign(Math.scalb(1.0, top - unit), found)
            : Math.scalb(found, -unit);
    return Math.abs(DoubleDouble.of(units).minus(there).high());
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

  /**
   * {@return a unit in the last place of a number: the distance to the next larger one in size}
   *
   * @param value a finite value of the dtype
   * @param dtype a floating-point dtype
   */
  public static double unit(double value, DType dtype) {
    return Math.scalb(1.0, unitExponent(value, dtype));
  }

  private static int unitExponent(double value, DType dtype) {
    // the exponent of zero and of subnormals is below all others
    return Rounding.unit(Math.getExponent(value), dtype);
  }
}
