package fluxion.conformance.reference;

/**
 * The error function, its complement and its inverse to about 28 digits.
 *
 * <p>Below 2 the series of positive terms, Abramowitz and Stegun 7.1.6 (DLMF 7.6.2); from 2 on the
 * continued fraction 7.1.14 (DLMF 7.9.2) of the complement, of as many levels as it takes.
 */
final class ErrorFunction {
  private static final double BORDER = 2;

  /** From here on the complement is below the smallest subnormal. */
  private static final double LARGE = 28;

  private ErrorFunction() {}

  /** {@return erf x of a finite number} */
  static DoubleDouble erf(double x) {
    DoubleDouble a = DoubleDouble.of(Math.abs(x));
    DoubleDouble value = a.high() < BORDER ? series(a) : DoubleDouble.ONE.minus(digits(tail(a)));
    return value.withSignOf(x);
  }

  /** {@return 1 − erf x of a finite number} */
  static Precise erfc(double x) {
    return complement(DoubleDouble.of(x));
  }

  private static Precise complement(DoubleDouble x) {
    if (x.high() >= BORDER) {
      return tail(x);
    }
    DoubleDouble a = x.abs();
    DoubleDouble erf = a.high() < BORDER ? series(a) : DoubleDouble.ONE.minus(digits(tail(a)));
    return Precise.of(DoubleDouble.ONE.minus(x.high() < 0 ? erf.negated() : erf));
  }

  private static DoubleDouble digits(Precise value) {
    return value.digits().scaled(value.exponent());
  }

  /** {@return erf x for 0 ≤ x &lt; 2: 2/√π e^−x² Σ 2^n x^(2n+1)/(1 · 3 · … · (2n + 1))} */
  private static DoubleDouble series(DoubleDouble x) {
    DoubleDouble square = x.squared();
    DoubleDouble term = x;
    DoubleDouble sum = x;
    for (int n = 1; term.high() > sum.high() * 0x1p-110; n++) {
      term = term.times(square).times(2).over(2 * n + 1);
      sum = sum.plus(term);
    }
    Precise power = Exponentials.exp(square.negated());
    return sum.times(2).over(DoubleDouble.SQRT_PI).times(digits(power));
  }

  /** {@return erfc x from 2 on: e^−x²/√π · 1/(x + ½/(x + 1/(x + 1½/(x + …))))} */
  private static Precise tail(DoubleDouble x) {
    if (x.high() > LARGE) {
      return Precise.of(0);
    }
    DoubleDouble fraction = x;
    for (int n = levels(x.high(), 75); n >= 1; n--) {
      fraction = x.plus(DoubleDouble.of(n / 2.0).over(fraction));
    }
    Precise power = Exponentials.exp(x.squared().negated());
    return power.times(fraction.times(DoubleDouble.SQRT_PI).inverse());
  }

  /**
   * {@return how many levels leave an error of e^−digits}
   *
   * <p>n levels leave about e^(−x √(8n)) once there are some.
   */
  private static int levels(double x, double digits) {
    double root = digits / x;
    return (int) (root * root / 8) + 30;
  }

  /** {@return erf x, to a few units in the last place of a double} */
  static double approximate(double x) {
    double a = Math.abs(x);
    if (!(a < 6)) {
      return Double.NaN;
    }
    if (a < BORDER) {
      double term = a;
      double sum = a;
      for (int n = 1; term > sum * 0x1p-54; n++) {
        term *= 2 * a * a / (2 * n + 1);
        sum += term;
      }
      return Math.copySign(sum * 2 / DoubleDouble.SQRT_PI.high() * StrictMath.exp(-a * a), x);
    }
    double fraction = a;
    for (int n = levels(a, 40); n >= 1; n--) {
      fraction = a + n / 2.0 / fraction;
    }
    double complement = StrictMath.exp(-a * a) / (fraction * DoubleDouble.SQRT_PI.high());
    return Math.copySign(1 - complement, x);
  }

  /**
   * The inverse of erf: from a first approximation (Winitzki, "A handy approximation for the error
   * function and its inverse", 2008), good to 0.002, Halley's method, which triples the digits,
   * with the complement near 1, where erf is flat.
   *
   * @param y a number of size below 1, not 0
   * @return the x with erf(x) = y
   */
  static DoubleDouble inverse(double y) {
    double a = Math.abs(y);
    if (a < 1e-100) {
      return DoubleDouble.SQRT_PI.scaled(-1).times(y);
    }
    double log = StrictMath.log1p(-a * a);
    double half = 2 / (Math.PI * 0.147) + log / 2;
    double start = Math.sqrt(Math.sqrt(half * half - log / 0.147) - half);
    DoubleDouble x = DoubleDouble.of(a < 1e-3 ? a * DoubleDouble.SQRT_PI.high() / 2 : start);
    DoubleDouble wanted = a > 0.5 ? DoubleDouble.sum(1, -a) : DoubleDouble.of(a);
    for (int i = 0; i < 4; i++) {
      DoubleDouble error = a > 0.5 ? wanted.minus(digits(complement(x))) : series(x).minus(wanted);
      DoubleDouble slope = digits(Exponentials.exp(x.squared().negated())).times(2);
      DoubleDouble step = error.times(DoubleDouble.SQRT_PI).over(slope);
      x = x.minus(step.over(x.times(step).plus(1)));
    }
    return x.withSignOf(y);
  }
}
