package fluxion.engine.expr;

/**
 * The gamma function's logarithm and its derivatives, of a float64.
 *
 * <p>Formulas are from Abramowitz and Stegun, chapter 6. Errors are about 1e-15 of the value, but
 * near a zero away from lgamma's at 1 and 2 they are of the summands' size.
 */
public final class GammaFunctions {
  private static final double HALF_LOG_TWO_PI = 0.9189385332046727;
  private static final double ONE_MINUS_EULER = 0.42278433509846713;

  /** The least argument of an asymptotic series. */
  private static final double LARGE = 16;

  /** (-1)^k (ζ(k) − 1) / k from k = 2: the series of lgamma about 2 (6.1.33). */
  private static final double[] ZETA = {
    0.3224670334241132,
    -0.0673523010531981,
    0.020580808427784546,
    -0.007385551028673986,
    0.0028905103307415234,
    -0.001192753911703261,
    0.0005096695247430425,
    -0.00022315475845357939,
    9.945751278180853e-05,
    -4.492623673813314e-05,
    2.050721277567069e-05,
    -9.439488275268397e-06,
    4.374866789907488e-06,
    -2.039215753801366e-06,
    9.55141213040742e-07,
    -4.492469198764566e-07,
    2.1207184805554665e-07,
    -1.0043224823968099e-07,
    4.7698101693639804e-08,
    -2.2711094608943164e-08,
    1.0838659214896955e-08,
    -5.183475041970047e-09,
    2.4836745438024785e-09,
    -1.1921401405860912e-09,
    5.731367241678862e-10,
    -2.7595228851242334e-10,
    1.330476437424449e-10,
    -6.4229645638381e-11,
    3.1044247747322276e-11,
    -1.5021384080754142e-11,
    7.275974480239079e-12,
    -3.527742476575915e-12,
    1.711991790559618e-12,
    -8.315385841420285e-13,
  };

  /** The Bernoulli numbers of even index from 2. */
  private static final double[] BERNOULLI = {
    0.16666666666666666,
    -0.03333333333333333,
    0.023809523809523808,
    -0.03333333333333333,
    0.07575757575757576,
    -0.2531135531135531,
    1.1666666666666667,
    -7.092156862745098,
    54.971177944862156,
    -529.1242424242424,
    6192.123188405797,
    -86580.25311355312,
  };

  private GammaFunctions() {}

  /**
   * {@return log |Γ(x)|; ∞ at the poles}
   *
   * @param x any double
   */
  public static double lgamma(double x) {
    if (Double.isNaN(x)) {
      return x;
    }
    if (x <= 0) {
      if (x == Math.rint(x)) {
        return Double.POSITIVE_INFINITY;
      }
      double sine = Math.abs(sinPi(x));
      // 6.1.17. Tiny x first: x · sin πx would underflow.
      return x > -1e-20
          ? -StrictMath.log(-x)
          : StrictMath.log(Math.PI / sine) - StrictMath.log(-x) - lgamma(-x);
    }
    if (x < 0.5) {
      return x < 1e-20 ? -StrictMath.log(x) : nearTwo(x) - StrictMath.log1p(x) - StrictMath.log(x);
    }
    if (x <= 1.5) {
      double s = x - 1;
      return nearTwo(s) - StrictMath.log1p(s);
    }
    if (x >= LARGE) {
      return stirling(x);
    }
    double product = 1;
    double y = x;
    while (y > 2.5) {
      y -= 1;
      product *= y;
    }
    return nearTwo(y - 2) + StrictMath.log(product);
  }

  /** lgamma(2 + s) for |s| ≤ ½. */
  private static double nearTwo(double s) {
    double sum = 0;
    for (int k = ZETA.length - 1; k >= 0; k--) {
      sum = (sum + ZETA[k]) * s;
    }
    return s * (sum + ONE_MINUS_EULER);
  }

  /** 6.1.40. */
  private static double stirling(double x) {
    if (x > 1e17) {
      return x * (StrictMath.log(x) - 1);
    }
    double square = 1 / (x * x);
    double sum = 0;
    for (int j = 8; j >= 1; j--) {
      sum = sum * square + BERNOULLI[j - 1] / (2 * j * (2 * j - 1));
    }
    return (x - 0.5) * (StrictMath.log(x) - 1) - 0.5 + HALF_LOG_TWO_PI + sum / x;
  }

  /**
   * {@return the derivative of log Γ(x)}
   *
   * @param x any double
   */
  public static double digamma(double x) {
    if (x == 0) {
      return Math.copySign(Double.POSITIVE_INFINITY, -x);
    }
    if (x < 0) {
      if (x == Math.rint(x)) {
        return Double.NaN;
      }
      return digamma(1 - x) - Math.PI * cotPi(x); // 6.3.7
    }
    if (x == Double.POSITIVE_INFINITY) {
      return x;
    }
    double shift = 0;
    double y = x;
    for (; y < LARGE; y += 1) {
      shift -= 1 / y; // 6.3.5
    }
    double square = 1 / (y * y);
    double sum = 0;
    for (int j = 8; j >= 1; j--) {
      sum = (sum + BERNOULLI[j - 1] / (2 * j)) * square;
    }
    return shift + StrictMath.log(y) - 0.5 / y - sum; // 6.3.18
  }

  /**
   * {@return a derivative of digamma}
   *
   * @param order how often it is differentiated, at least 1
   * @param x any double
   */
  public static double polygamma(int order, double x) {
    double sign = order % 2 == 0 ? -1 : 1;
    if (Double.isNaN(x)) {
      return x;
    }
    if (x <= 0) {
      return x == Math.rint(x) ? sign * Double.POSITIVE_INFINITY : reflected(order, x);
    }
    if (x == Double.POSITIVE_INFINITY) {
      return sign * 0.0;
    }
    return sign * zetaSum(order, x);
  }

  /** n! Σ 1/(x + k)^(n+1), the first terms summed (6.4.10) and the rest by 6.4.11. */
  private static double zetaSum(int order, double x) {
    double factorial = 1;
    for (int i = 2; i < order; i++) {
      factorial *= i;
    }
    double full = factorial * order;
    double head = 0;
    double y = x;
    for (; y < LARGE + order; y += 1) {
      head += full / StrictMath.pow(y, order + 1);
    }
    // Terms relative to (n − 1)! / y^n: B_2j · n (n + 1) … (n + 2j − 1) / ((2j)! y^2j).
    double ratio = 1;
    double sum = 1 + order / (2 * y);
    for (int j = 1; j <= BERNOULLI.length; j++) {
      int m = 2 * j;
      ratio *= (order + m - 2.0) / (m - 1) / y * ((order + m - 1.0) / m / y);
      sum += BERNOULLI[j - 1] * ratio;
    }
    // a negative power, for the positive one overflows before its reciprocal underflows
    return head + factorial * (StrictMath.pow(y, -order) * sum);
  }

  /** 6.4.7, with the derivatives of cot πx as polynomials in c = cot πx: c' = −π (1 + c²). */
  private static double reflected(int order, double x) {
    double c = cotPi(x);
    double[] p = {0, 1};
    for (int n = 0; n < order; n++) {
      double[] q = new double[p.length + 1];
      for (int i = 1; i < p.length; i++) {
        q[i - 1] -= Math.PI * i * p[i];
        q[i + 1] -= Math.PI * i * p[i];
      }
      p = q;
    }
    double derivative = 0;
    for (int i = p.length - 1; i >= 0; i--) {
      derivative = derivative * c + p[i];
    }
    double mirrored = polygamma(order, 1 - x);
    return (order % 2 == 0 ? mirrored : -mirrored) - Math.PI * derivative;
  }

  /** cos πx / sin πx with x reduced exactly to [−½, ½]. */
  private static double cotPi(double x) {
    double r = x - Math.rint(x);
    // The cosine as a sine of the complement, which is accurate where it is small.
    return StrictMath.sin(Math.PI * (0.5 - Math.abs(r))) / StrictMath.sin(Math.PI * r);
  }

  private static double sinPi(double x) {
    return StrictMath.sin(Math.PI * (x - Math.rint(x)));
  }
}
