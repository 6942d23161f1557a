package fluxion.engine.random;

/**
 * The float64 logarithms, sine and cosine with correct rounding: the double nearest to the exact
 * value, for every argument.
 *
 * <p>A value is first computed in {@link DoubleDouble} with a relative error below 2<sup>-95</sup>.
 * If all numbers within 2<sup>-90</sup> of it round to one double, that is the result; else, about
 * once in 2<sup>36</sup> calls, {@link WideFunctions} computes it with as many digits as it takes
 * (A. Ziv, "Fast evaluation of elementary mathematical functions with correctly rounded last bit",
 * ACM TOMS 17(3), 1991).
 */
final class CorrectlyRounded {
  private static final double UNCERTAINTY = 0x1p-90;
  private static final double SQRT_2 = 0x1.6a09e667f3bcdp0;
  private static final double LN_2_HIGH = 0x1.62e42fefa39efp-1;
  private static final double LN_2_LOW = 0x1.abc9e3b39803fp-56;

  /**
   * Arguments of larger size go to the slow path, which reduces them with as much of π as needs.
   */
  private static final double LARGEST_FAST_ANGLE = 8;

  private static final double TWO_OVER_PI = 0x1.45f306dc9c883p-1;
  private static final double HALF_PI_HIGH = 0x1.921fb54442d18p0;
  private static final double HALF_PI_MIDDLE = 0x1.1a62633145c07p-54;
  private static final double HALF_PI_LOW = -0x1.f1976b7ed8fbcp-110;

  // Series in a square z. The first terms are summed in DoubleDouble, the others, which are below
  // 2^-47 of the sum, in doubles; what is cut off is below 2^-105 of it.
  private static final Series ATANH = Series.ofInverses(10, 22);
  private static final Series SINE = Series.ofInverseFactorials(1, 8, 15);
  private static final Series COSINE = Series.ofInverseFactorials(0, 9, 16);

  private CorrectlyRounded() {}

  /** Coefficients of a power series: the first as two doubles each, the others as one. */
  private static final class Series {
    private final double[] highs;
    private final double[] lows;
    private final double[] tail;

    private Series(double[] divisors, int wide) {
      highs = new double[wide];
      lows = new double[wide];
      tail = new double[divisors.length - wide];
      for (int k = 0; k < divisors.length; k++) {
        double inverse = 1 / divisors[k];
        if (k < wide) {
          highs[k] = inverse;
          lows[k] = Math.fma(-inverse, divisors[k], 1) / divisors[k];
        } else {
          tail[k - wide] = inverse;
        }
      }
    }

    /** 1, 1/3, 1/5, …: atanh(s) = s · Σ z^k / (2k + 1) with z = s². */
    static Series ofInverses(int wide, int terms) {
      double[] divisors = new double[terms];
      for (int k = 0; k < terms; k++) {
        divisors[k] = 2 * k + 1;
      }
      return new Series(divisors, wide);
    }

    /** (−1)^k / (2k + first)!: the sine over its argument, and the cosine. */
    static Series ofInverseFactorials(int first, int wide, int terms) {
      double[] divisors = new double[terms];
      double factorial = 1;
      for (int k = 0; k < terms; k++) {
        divisors[k] = factorial;
        // Exact up to 22!, the last that a wide coefficient needs being 17!.
        factorial *= -(2 * k + first + 1.0) * (2 * k + first + 2.0);
      }
      return new Series(divisors, wide);
    }

    /**
     * The sum by Horner's rule. Each coefficient is at least twice as large as what is added to it,
     * so that two operations give the error of the sum; with the low parts left unnormalised a step
     * adds less than 2^-102 of its result.
     */
    DoubleDouble sum(DoubleDouble z) {
      double zHigh = z.high();
      double zLow = z.low();
      double high = 0;
      for (int i = tail.length - 1; i >= 0; i--) {
        high = Math.fma(high, zHigh, tail[i]);
      }
      double low = 0;
      for (int i = highs.length - 1; i >= 0; i--) {
        double product = high * zHigh;
        double error = Math.fma(high, zHigh, -product);
        double rest = error + Math.fma(high, zLow, low * zHigh);
        high = highs[i] + product;
        low = (product - (high - highs[i])) + (rest + lows[i]);
      }
      return new DoubleDouble().setSum(high, low);
    }
  }

  /** {@return the natural logarithm; NaN below 0} */
  static double log(double x) {
    if (x == 1) {
      return 0;
    }
    if (!(x > 0)) {
      return x == 0 ? Double.NEGATIVE_INFINITY : Double.NaN;
    }
    if (x == Double.POSITIVE_INFINITY) {
      return x;
    }
    double result = x < Double.MIN_NORMAL ? logOfSum(x * 0x1p54, 0, -54) : logOfSum(x, 0, 0);
    return Double.isNaN(result) ? WideFunctions.log(x, 0) : result;
  }

  /** {@return the natural logarithm of 1 + x, that sum being exact; NaN below −1} */
  static double log1p(double x) {
    if (Math.abs(x) < 0x1p-54 || x == Double.POSITIVE_INFINITY) {
      return x;
    }
    if (!(x > -1)) {
      return x == -1 ? Double.NEGATIVE_INFINITY : Double.NaN;
    }
    DoubleDouble sum = new DoubleDouble().setSum(1, x);
    double result = logOfSum(sum.high(), sum.low(), 0);
    return Double.isNaN(result) ? WideFunctions.log(1, x) : result;
  }

  /** The logarithm of {@code (high + low) · 2^scale}; NaN if its rounding is uncertain. */
  private static double logOfSum(double high, double low, int scale) {
    int exponent = Math.getExponent(high);
    double m = Math.scalb(high, -exponent);
    if (m > SQRT_2) {
      exponent++;
      m /= 2;
    }
    double rest = Math.scalb(low, -exponent);
    // log(m) = 2 atanh(s) with s = (m − 1) / (m + 1), of size at most 3 − 2√2.
    DoubleDouble divisor = new DoubleDouble().setSum(m, 1).add(rest, 0);
    DoubleDouble s = new DoubleDouble().setSum(m - 1, rest).divide(divisor);
    DoubleDouble z = new DoubleDouble().set(s).multiply(s);
    DoubleDouble value = ATANH.sum(z).multiply(s).multiply(2, 0);
    double e = exponent + scale;
    DoubleDouble powers = new DoubleDouble().setProduct(e, LN_2_HIGH).add(e * LN_2_LOW, 0);
    return rounded(value.add(powers));
  }

  /** {@return the sine; NaN of what is not finite} */
  static double sin(double x) {
    if (Math.abs(x) < 0x1p-26) {
      return x;
    }
    if (!Double.isFinite(x)) {
      return Double.NaN;
    }
    double result = Math.abs(x) <= LARGEST_FAST_ANGLE ? sine(Math.abs(x), 0) : Double.NaN;
    return Double.isNaN(result) ? WideFunctions.sin(x) : x < 0 ? -result : result;
  }

  /** {@return the cosine; NaN of what is not finite} */
  static double cos(double x) {
    if (Math.abs(x) < 0x1p-27) {
      return 1;
    }
    if (!Double.isFinite(x)) {
      return Double.NaN;
    }
    double result = Math.abs(x) <= LARGEST_FAST_ANGLE ? sine(Math.abs(x), 1) : Double.NaN;
    return Double.isNaN(result) ? WideFunctions.cos(x) : result;
  }

  /** The sine of an angle and some right angles more; NaN if its rounding is uncertain. */
  private static double sine(double x, int rightAngles) {
    double k = Math.rint(x * TWO_OVER_PI);
    DoubleDouble r = reduced(x, k);
    DoubleDouble z = new DoubleDouble().set(r).multiply(r);
    int quadrant = (int) k + rightAngles;
    DoubleDouble value = (quadrant & 1) == 0 ? SINE.sum(z).multiply(r) : COSINE.sum(z);
    if ((quadrant & 2) != 0) {
      value.negate();
    }
    return rounded(value);
  }

  /**
   * An angle up to 8 less k right angles, with an error below 2^-156. No double up to there is
   * nearer than 2^-54 to a multiple of a right angle, so that the relative error is below 2^-100.
   */
  private static DoubleDouble reduced(double x, double k) {
    DoubleDouble first = new DoubleDouble().setProduct(k, HALF_PI_HIGH);
    DoubleDouble second = new DoubleDouble().setProduct(k, HALF_PI_MIDDLE);
    // x − k · HALF_PI_HIGH is exact but for the product's low part.
    DoubleDouble sum = new DoubleDouble().setSum(x - first.high(), -first.low());
    double lowest = sum.low();
    sum.setSum(sum.high(), -second.high());
    double rest = sum.low() + lowest - second.low() - k * HALF_PI_LOW;
    return first.setSum(sum.high(), rest);
  }

  private static double rounded(DoubleDouble value) {
    double high = value.high();
    double slack = Math.abs(high) * UNCERTAINTY;
    double up = high + (value.low() + slack);
    return up == high + (value.low() - slack) ? up : Double.NaN;
  }
}
