package fluxion.conformance.reference;

import fluxion.api.DType;
import java.math.BigDecimal;

/**
 * A real number that is known to about 30 digits, of any size: {@code (high + low) · 2^exponent}.
 *
 * <p>Where {@code high} is NaN, infinite or a zero, so is the number, and {@code low} is 0.
 *
 * @param high the first digits
 * @param low the digits after them, at most half a unit in the last place of {@code high}
 * @param exponent the scale
 */
public record Precise(double high, double low, int exponent) {
  /**
   * {@return a double}
   *
   * @param value the value; any, NaN and infinities included
   */
  public static Precise of(double value) {
    return new Precise(value, 0, 0);
  }

  /**
   * {@return the first 32 digits of a number}
   *
   * @param value the number, within the range of float64
   */
  public static Precise of(BigDecimal value) {
    return of(DoubleDouble.of(value), 0);
  }

  static Precise of(DoubleDouble value) {
    return of(value, 0);
  }

  static Precise of(DoubleDouble value, int exponent) {
    return Double.isFinite(value.high()) && value.high() != 0
        ? new Precise(value.high(), value.low(), exponent)
        : of(value.high());
  }

  /** {@return a finite number other than 0, its digits in [1, 2)} */
  static Precise normalized(double value) {
    boolean normal = Math.abs(value) >= Double.MIN_NORMAL;
    double digits = normal ? value : value * 0x1p60;
    int exponent = Math.getExponent(digits);
    return new Precise(Math.scalb(digits, -exponent), 0, normal ? exponent : exponent - 60);
  }

  /** {@return a number of twice the precision of a double, other than 0, its digits in [1, 2)} */
  static Precise normalized(DoubleDouble value) {
    Precise first = normalized(value.high());
    return new Precise(first.high, Math.scalb(value.low(), -first.exponent), first.exponent);
  }

  /** {@return this times another number, neither overflowing nor underflowing} */
  Precise times(DoubleDouble factor) {
    int mine = Math.getExponent(high);
    int other = Math.getExponent(factor.high());
    DoubleDouble product = digits().scaled(-mine).times(factor.scaled(-other));
    return of(product, exponent + mine + other);
  }

  /** {@return this and another finite number} */
  Precise plus(Precise other) {
    if (high == 0 || other.high == 0) {
      return high == 0 ? other : this;
    }
    int top =
        Math.max(Math.getExponent(high) + exponent, Math.getExponent(other.high) + other.exponent);
    return of(
        digits().scaled(exponent - top).plus(other.digits().scaled(other.exponent - top)), top);
  }

  /** {@return the number without its scale} */
  DoubleDouble digits() {
    return new DoubleDouble(high, low);
  }

  /** {@return this, with digits in [1, 2), to a power of a positive integer below 1000} */
  Precise power(int n) {
    return of(digits().power(n), exponent * n);
  }

  /** {@return 1 / this, which is not 0} */
  Precise inverse() {
    return of(digits().inverse(), -exponent);
  }

  /** {@return the opposite number} */
  public Precise negated() {
    return new Precise(-high, -low, exponent);
  }

  /**
   * {@return the nearest value of a floating-point dtype, ties to even, rounded once}
   *
   * @param dtype the dtype
   */
  public double round(DType dtype) {
    return Rounding.nearest(high, low, exponent, dtype);
  }

  /**
   * {@return the number in decimal, exactly as far as it is known}
   *
   * @throws ArithmeticException if it is NaN or infinite
   */
  public BigDecimal toBigDecimal() {
    if (!Double.isFinite(high)) {
      throw new ArithmeticException(high + " has no decimal digits");
    }
    BigDecimal digits = new BigDecimal(high).add(new BigDecimal(low));
    BigDecimal power = BigDecimal.TWO.pow(Math.abs(exponent));
    // a division by a power of two ends
    return exponent < 0 ? digits.divide(power) : digits.multiply(power);
  }

  /** {@return the number as it would be written, rounded to float64} */
  @Override
  public String toString() {
    return Double.toString(round(DType.FLOAT64));
  }
}
