package fluxion.conformance.reference;

import fluxion.api.DType;

/**
 * A product of doubles, rounded once at its end: twice the precision of a double, and an exponent
 * of its own, so that nothing overflows or underflows in between.
 */
final class ExactProduct {
  private DoubleDouble digits = DoubleDouble.ONE;
  private int exponent;

  /** The product of the zeros, infinities and NaNs, with the sign of all factors. */
  private double special = 1;

  private boolean isSpecial;

  void multiply(double factor) {
    if (factor == 0 || !Double.isFinite(factor)) {
      special *= factor;
      isSpecial = true;
      return;
    }
    special *= Math.signum(factor);
    DoubleDouble product = digits.times(Math.scalb(factor, -Math.getExponent(factor)));
    int carry = Math.getExponent(product.high());
    digits = product.scaled(-carry);
    exponent += carry + Math.getExponent(factor);
  }

  /** {@return the product rounded to a floating-point dtype} */
  double rounded(DType dtype) {
    return isSpecial ? special : Precise.of(digits, exponent).round(dtype);
  }
}
