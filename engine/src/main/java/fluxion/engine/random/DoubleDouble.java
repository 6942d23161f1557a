package fluxion.engine.random;

/**
 * An accumulator of twice the precision of a double: an unevaluated sum {@code high + low} of which
 * {@code low} is at most half a unit in the last place of {@code high}.
 *
 * <p>The algorithms are 6, 9, 12 and 17 of M. Joldeş, J.-M. Muller and V. Popescu, "Tight and
 * rigorous error bounds for basic building blocks of double-word arithmetic", ACM TOMS 44(2), 2017.
 * With u = 2<sup>-53</sup> their relative errors are below 4u², 4u², 5u² and 15u², that is
 * 2<sup>-102</sup>, as long as nothing overflows or underflows. Not safe for use by several
 * threads.
 */
final class DoubleDouble {
  private double high;
  private double low;

  /** Sets the exact sum of two doubles of any size. */
  DoubleDouble setSum(double a, double b) {
    double sum = a + b;
    double part = sum - a;
    high = sum;
    low = (a - (sum - part)) + (b - part);
    return this;
  }

  /** Sets the exact product of two doubles. */
  DoubleDouble setProduct(double a, double b) {
    high = a * b;
    low = Math.fma(a, b, -high);
    return this;
  }

  /** Sets a copy. */
  DoubleDouble set(DoubleDouble other) {
    high = other.high;
    low = other.low;
    return this;
  }

  double high() {
    return high;
  }

  double low() {
    return low;
  }

  /** Sets {@code a + b} for {@code |a| ≥ |b|} or a = 0, exactly. */
  private void fastSum(double a, double b) {
    double sum = a + b;
    low = b - (sum - a);
    high = sum;
  }

  /** Adds {@code h + l}, a sum in the form of this class. */
  DoubleDouble add(double h, double l) {
    double s = high + h;
    double sPart = s - high;
    double sError = (high - (s - sPart)) + (h - sPart);
    double t = low + l;
    double tPart = t - low;
    double tError = (low - (t - tPart)) + (l - tPart);
    fastSum(s, sError + t);
    fastSum(high, tError + low);
    return this;
  }

  /** Adds another. */
  DoubleDouble add(DoubleDouble other) {
    return add(other.high, other.low);
  }

  /** Multiplies by {@code h + l}, a sum in the form of this class. */
  DoubleDouble multiply(double h, double l) {
    double product = high * h;
    double error = Math.fma(high, h, -product);
    double cross = Math.fma(low, h, Math.fma(high, l, low * l));
    fastSum(product, error + cross);
    return this;
  }

  /** Multiplies by another. */
  DoubleDouble multiply(DoubleDouble other) {
    return multiply(other.high, other.low);
  }

  /** Divides by another, not 0. */
  DoubleDouble divide(DoubleDouble other) {
    double quotient = high / other.high;
    double product = quotient * other.high;
    double error = Math.fma(quotient, other.low, Math.fma(quotient, other.high, -product));
    double rest = (high - product) + (low - error);
    fastSum(quotient, rest / other.high);
    return this;
  }

  /** Turns the sign. */
  void negate() {
    high = -high;
    low = -low;
  }
}
