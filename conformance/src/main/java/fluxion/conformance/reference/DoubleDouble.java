package fluxion.conformance.reference;

/**
 * A number of twice the precision of a double: the unevaluated sum {@code high + low}, of which
 * {@code low} is at most half a unit in the last place of {@code high}.
 *
 * <p>The algorithms are those of M. Joldeş, J.-M. Muller and V. Popescu, "Tight and rigorous error
 * bounds for basic building blocks of double-word arithmetic", ACM TOMS 44(2), 2017: 6, 12 and 17
 * for sum, product and quotient. Their relative errors are below 2<sup>-102</sup> as long as
 * nothing overflows or underflows.
 *
 * @param high the nearest double
 * @param low what is left
 */
record DoubleDouble(double high, double low) {
  static final DoubleDouble ZERO = new DoubleDouble(0, 0);
  static final DoubleDouble ONE = new DoubleDouble(1, 0);

  // Constants to 32 digits: Abramowitz and Stegun, table 1.1, and DLMF 3.12.1, 5.2.3.
  static final DoubleDouble PI = new DoubleDouble(0x1.921fb54442d18p1, 0x1.1a62633145c07p-53);
  static final DoubleDouble HALF_PI = PI.scaled(-1);
  static final DoubleDouble LN_2 = new DoubleDouble(0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56);
  static final DoubleDouble LN_10 = parse("2.302585092994045684017991454684364207601");
  static final DoubleDouble LN_PI = parse("1.144729885849400174143427351353058711647");
  static final DoubleDouble HALF_LN_2_PI = parse("0.9189385332046727417803297364056176398614");
  static final DoubleDouble SQRT_PI = parse("1.772453850905516027298167483341145182798");
  static final DoubleDouble EULER = parse("0.5772156649015328606065120900824024310422");

  /** {@return a double} */
  static DoubleDouble of(double value) {
    return new DoubleDouble(value, 0);
  }

  /** {@return a decimal rounded to twice the precision of a double} */
  static DoubleDouble parse(String decimal) {
    return of(new java.math.BigDecimal(decimal));
  }

  /** {@return a number rounded to twice the precision of a double} */
  static DoubleDouble of(java.math.BigDecimal value) {
    double high = value.doubleValue();
    return new DoubleDouble(high, value.subtract(new java.math.BigDecimal(high)).doubleValue());
  }

  /** {@return the exact sum of two doubles of any size} */
  static DoubleDouble sum(double a, double b) {
    double sum = a + b;
    double part = sum - a;
    return new DoubleDouble(sum, (a - (sum - part)) + (b - part));
  }

  /** {@return the exact sum of two doubles of which the first is larger, or 0} */
  private static DoubleDouble fastSum(double a, double b) {
    double sum = a + b;
    return new DoubleDouble(sum, b - (sum - a));
  }

  /** {@return the exact product of two doubles, if nothing overflows or underflows} */
  static DoubleDouble product(double a, double b) {
    double product = a * b;
    return new DoubleDouble(product, Math.fma(a, b, -product));
  }

  DoubleDouble plus(DoubleDouble other) {
    DoubleDouble s = sum(high, other.high);
    DoubleDouble t = sum(low, other.low);
    DoubleDouble v = fastSum(s.high, s.low + t.high);
    return fastSum(v.high, t.low + v.low);
  }

  DoubleDouble plus(double other) {
    DoubleDouble s = sum(high, other);
    return fastSum(s.high, low + s.low);
  }

  DoubleDouble minus(DoubleDouble other) {
    return plus(other.negated());
  }

  DoubleDouble minus(double other) {
    return plus(-other);
  }

  DoubleDouble times(DoubleDouble other) {
    double product = high * other.high;
    double error = Math.fma(high, other.high, -product);
    double cross = Math.fma(low, other.high, Math.fma(high, other.low, low * other.low));
    return fastSum(product, error + cross);
  }

  DoubleDouble times(double other) {
    double product = high * other;
    double error = Math.fma(high, other, -product);
    return fastSum(product, Math.fma(low, other, error));
  }

  DoubleDouble squared() {
    return times(this);
  }

  DoubleDouble over(DoubleDouble other) {
    double quotient = high / other.high;
    double product = quotient * other.high;
    double error = Math.fma(quotient, other.low, Math.fma(quotient, other.high, -product));
    double rest = (high - product) + (low - error);
    return fastSum(quotient, rest / other.high);
  }

  DoubleDouble over(double other) {
    return over(of(other));
  }

  /** {@return 1 / this} */
  DoubleDouble inverse() {
    return ONE.over(this);
  }

  /** {@return the square root, by a step of Newton's method from that of the nearest double} */
  DoubleDouble sqrt() {
    if (high == 0) {
      return this;
    }
    double root = Math.sqrt(high);
    DoubleDouble rest = minus(product(root, root));
    return fastSum(root, rest.high / (2 * root));
  }

  DoubleDouble negated() {
    return new DoubleDouble(-high, -low);
  }

  DoubleDouble abs() {
    return high < 0 ? negated() : this;
  }

  /** {@return this with the sign of a double} */
  DoubleDouble withSignOf(double sign) {
    return Math.copySign(1, high) == Math.copySign(1, sign) ? this : negated();
  }

  /** {@return this · 2^exponent, exact unless it overflows or underflows} */
  DoubleDouble scaled(int exponent) {
    return new DoubleDouble(Math.scalb(high, exponent), Math.scalb(low, exponent));
  }

  /** {@return this to a power of a positive integer, by squaring} */
  DoubleDouble power(int n) {
    DoubleDouble result = ONE;
    DoubleDouble square = this;
    for (int e = n; e != 0; e >>= 1) {
      if ((e & 1) != 0) {
        result = result.times(square);
      }
      square = e > 1 ? square.squared() : square;
    }
    return result;
  }
}
