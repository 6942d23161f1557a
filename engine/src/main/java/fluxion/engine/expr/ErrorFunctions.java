package fluxion.engine.expr;

/**
 * The error functions of a float64, to about 1e-15 of their value.
 *
 * <p>Below 1 the Taylor series (Abramowitz and Stegun 7.1.5). Above, {@code erfc(x) = exp(-x²) g(t)
 * / (1 + 2x)} with {@code t = (x - k) / (x + k)}, in which g is smooth from 0 to infinity and has a
 * short Chebyshev series (Shepherd and Laframboise, Math. Comp. 36, 1981); its coefficients were
 * computed with 50 digits.
 */
public final class ErrorFunctions {
  private static final double TWO_OVER_SQRT_PI = 1.1283791670955126;
  private static final double SQRT_PI_OVER_2 = 0.886226925452758;

  /** The k of the map from x to t. */
  private static final double SCALE = 3.75;

  private static final double[] CHEBYSHEV = {
    2.3551578691348034,
    -0.004590054580646478,
    -0.08424913336651792,
    0.05920993999819189,
    -0.026658668435305753,
    0.009074997670705265,
    -0.002413163540417608,
    0.0004907758365258086,
    -6.916973302501207e-05,
    4.13902798607301e-06,
    7.74038306619849e-07,
    -2.1886401049234397e-07,
    1.076499946567091e-08,
    4.521959811218287e-09,
    -7.754400208831351e-10,
    -6.318088340886684e-11,
    2.86879501093067e-11,
    1.9455868545777347e-13,
    -9.65469674843344e-13,
    3.25254814814874e-14,
    3.3478119482868056e-14,
    -1.864562880419313e-15,
    -1.2507950530688648e-15,
    7.418235256624044e-17,
    5.068148904796111e-17,
    -2.2370566594359995e-18,
    -2.187342944303018e-18,
    2.6766327399258762e-20,
    9.736561401741451e-20,
    3.3214840905101302e-21,
  };

  /** 2/√π · (-1)^n / (n! (2n + 1)), enough for |x| ≤ 1. */
  private static final double[] TAYLOR = taylor(20);

  private ErrorFunctions() {}

  private static double[] taylor(int terms) {
    double[] c = new double[terms];
    double factorial = 1;
    for (int n = 0; n < terms; n++) {
      factorial *= Math.max(n, 1);
      c[n] = (n % 2 == 0 ? 1 : -1) / (factorial * (2 * n + 1)) * TWO_OVER_SQRT_PI;
    }
    return c;
  }

  /**
   * {@return erf(x)}
   *
   * @param x any double
   */
  public static double erf(double x) {
    double a = Math.abs(x);
    if (a < 1) {
      return x * series(x * x);
    }
    return Math.copySign(1 - tail(a), x);
  }

  /**
   * {@return 1 − erf(x), accurate where that is small}
   *
   * @param x any double
   */
  public static double erfc(double x) {
    if (Double.isNaN(x)) {
      return x;
    }
    if (x < 0.5) {
      return x > -1 ? 1 - x * series(x * x) : 2 - tail(-x);
    }
    return tail(x);
  }

  /**
   * Inverse of erf: a first approximation (Winitzki, "A handy approximation for the error function
   * and its inverse", 2008), then Halley's method with the complement near 1, where erf is flat.
   *
   * @param y any double
   * @return the x with erf(x) = y; NaN beyond ±1
   */
  public static double erfinv(double y) {
    double a = Math.abs(y);
    if (!(a < 1)) {
      return a == 1 ? y * Double.POSITIVE_INFINITY : Double.NaN;
    }
    if (a < 1e-9) {
      return y * SQRT_PI_OVER_2;
    }
    double log = StrictMath.log1p(-a * a);
    double half = 2 / (Math.PI * 0.147) + log / 2;
    double x = Math.sqrt(Math.sqrt(half * half - log / 0.147) - half);
    // Three steps: the start is good to 2e-3 and each step triples the digits.
    for (int i = 0; i < 3; i++) {
      double error = a > 0.5 ? (1 - a) - erfc(x) : erf(x) - a;
      double step = error / (TWO_OVER_SQRT_PI * StrictMath.exp(-x * x));
      x -= step / (1 + x * step);
    }
    return Math.copySign(x, y);
  }

  private static double series(double square) {
    double sum = 0;
    for (int n = TAYLOR.length - 1; n >= 0; n--) {
      sum = sum * square + TAYLOR[n];
    }
    return sum;
  }

  /** erfc from 0.5 up. */
  private static double tail(double x) {
    if (x > 28) {
      return 0; // below the smallest subnormal
    }
    double t = 2 * (x - SCALE) / (x + SCALE);
    double next = 0;
    double sum = 0;
    for (int n = CHEBYSHEV.length - 1; n > 0; n--) {
      double before = sum;
      sum = t * sum - next + CHEBYSHEV[n];
      next = before;
    }
    double g = t / 2 * sum - next + CHEBYSHEV[0] / 2;
    // x² in two parts, the first exact, so that the exponential of a large number stays accurate.
    double head = (float) x;
    double exponential = StrictMath.exp(-head * head) * StrictMath.exp((head - x) * (head + x));
    return exponential * g / (1 + 2 * x);
  }
}
