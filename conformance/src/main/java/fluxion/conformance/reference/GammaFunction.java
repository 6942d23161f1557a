package fluxion.conformance.reference;

/**
 * The logarithm of the gamma function and its derivatives to about 28 digits; near a zero other
 * than those at 1 and 2 that many places after the point.
 *
 * <p>For large arguments the asymptotic series of Abramowitz and Stegun, chapter 6: 6.1.41 for the
 * logarithm, 6.3.18 for its derivative, 6.4.11 for the higher ones; small ones are raised by the
 * recurrences 6.1.15, 6.3.5 and 6.4.6 and negative ones mirrored by 6.1.17, 6.3.7 and 6.4.7.
 */
final class GammaFunction {
  /** From here on 16 terms of the series leave less than 10^-33. */
  private static final int LARGE = 24;

  private static final int TERMS = 16;

  /** The Bernoulli numbers B₂, B₄, … (Abramowitz and Stegun, table 23.2). */
  private static final DoubleDouble[] BERNOULLI = {
    fraction(1, 6),
    fraction(-1, 30),
    fraction(1, 42),
    fraction(-1, 30),
    fraction(5, 66),
    fraction(-691, 2730),
    fraction(7, 6),
    fraction(-3617, 510),
    fraction(43867, 798),
    fraction(-174611, 330),
    fraction(854513, 138),
    fraction(-236364091, 2730),
    fraction(8553103, 6),
    fraction(-23749461029L, 870),
    fraction(8615841276005L, 14322),
    fraction(-7709321041217L, 510)
  };

  /** (−1)^k (ζ(k) − 1)/k from k = 2 on, the coefficients of 6.1.33 about 2. */
  private static final DoubleDouble[] ABOUT_TWO = new DoubleDouble[56];

  static {
    for (int i = 0; i < ABOUT_TWO.length; i++) {
      int k = i + 2;
      Precise zeta = hurwitz(k, DoubleDouble.of(2));
      DoubleDouble value = zeta.digits().scaled(zeta.exponent()).over(k);
      ABOUT_TWO[i] = k % 2 == 0 ? value : value.negated();
    }
  }

  private GammaFunction() {}

  private static DoubleDouble fraction(long numerator, long denominator) {
    return DoubleDouble.of((double) numerator).over((double) denominator);
  }

  /** {@return log |Γ(x)| of a finite number that is not a pole} */
  static Precise lgamma(double x) {
    if (Math.abs(x) < 0x1p-200) {
      return Precise.of(Exponentials.log(DoubleDouble.of(Math.abs(x))).negated());
    }
    if (x > 0x1p120) {
      return Precise.normalized(x).times(Exponentials.log(DoubleDouble.of(x)).minus(1));
    }
    if (x > 0) {
      return Precise.of(positive(DoubleDouble.of(x)));
    }
    DoubleDouble sine = Trigonometry.sinPi(DoubleDouble.of(x)).abs();
    DoubleDouble mirrored = positive(DoubleDouble.sum(1, -x));
    return Precise.of(DoubleDouble.LN_PI.minus(Exponentials.log(sine)).minus(mirrored));
  }

  private static DoubleDouble positive(DoubleDouble x) {
    if (x.high() < 0.5) {
      return aboutTwo(x).minus(Exponentials.log1p(x)).minus(Exponentials.log(x));
    }
    if (x.high() <= 1.5) {
      DoubleDouble s = x.minus(1);
      return aboutTwo(s).minus(Exponentials.log1p(s));
    }
    if (x.high() <= 2.5) {
      return aboutTwo(x.minus(2));
    }
    DoubleDouble product = DoubleDouble.ONE;
    DoubleDouble y = x;
    for (; y.high() < LARGE; y = y.plus(1)) {
      product = product.times(y);
    }
    // (y − ½) log y − y + ½ log 2π + Σ B_2j/(2j (2j − 1) y^(2j − 1))
    DoubleDouble square = y.squared().inverse();
    DoubleDouble sum = DoubleDouble.ZERO;
    for (int j = TERMS; j >= 1; j--) {
      sum = sum.times(square).plus(BERNOULLI[j - 1].over(2.0 * j * (2 * j - 1)));
    }
    DoubleDouble large =
        y.minus(0.5).times(Exponentials.log(y)).minus(y).plus(DoubleDouble.HALF_LN_2_PI);
    return large.plus(sum.over(y)).minus(Exponentials.log(product));
  }

  /** {@return log Γ(2 + s) for s of size up to ½} */
  private static DoubleDouble aboutTwo(DoubleDouble s) {
    DoubleDouble sum = DoubleDouble.ZERO;
    for (int i = ABOUT_TWO.length - 1; i >= 0; i--) {
      sum = sum.plus(ABOUT_TWO[i]).times(s);
    }
    return sum.plus(DoubleDouble.ONE.minus(DoubleDouble.EULER)).times(s);
  }

  /** {@return the derivative of log Γ at a finite number that is not a pole} */
  static Precise digamma(double x) {
    if (Math.abs(x) < 0x1p-200) {
      return Precise.normalized(x).inverse().negated();
    }
    if (x > 0) {
      return Precise.of(digammaOfPositive(DoubleDouble.of(x)));
    }
    DoubleDouble at = DoubleDouble.of(x);
    DoubleDouble cotangent = Trigonometry.cosPi(at).over(Trigonometry.sinPi(at));
    DoubleDouble mirrored = digammaOfPositive(DoubleDouble.sum(1, -x));
    return Precise.of(mirrored.minus(cotangent.times(DoubleDouble.PI)));
  }

  private static DoubleDouble digammaOfPositive(DoubleDouble x) {
    DoubleDouble shift = DoubleDouble.ZERO;
    DoubleDouble y = x;
    for (; y.high() < LARGE; y = y.plus(1)) {
      shift = shift.minus(y.inverse());
    }
    if (y.high() > 0x1p120) {
      return Exponentials.log(y);
    }
    DoubleDouble square = y.squared().inverse();
    DoubleDouble sum = DoubleDouble.ZERO;
    for (int j = TERMS; j >= 1; j--) {
      sum = sum.plus(BERNOULLI[j - 1].over(2 * j)).times(square);
    }
    return Exponentials.log(y).minus(y.scaled(1).inverse()).minus(sum).plus(shift);
  }

  /** {@return the derivative of some order of digamma at a finite number that is not a pole} */
  static Precise polygamma(int order, double x) {
    if (x > 0) {
      return ofPositive(order, DoubleDouble.of(x));
    }
    Precise mirrored = ofPositive(order, DoubleDouble.sum(1, -x));
    Precise cotangent = cotangentDerivative(order, x);
    return (order % 2 == 0 ? mirrored : mirrored.negated()).plus(cotangent.negated());
  }

  /** (−1)^(n+1) n! ζ(n + 1, x). */
  private static Precise ofPositive(int order, DoubleDouble x) {
    Precise value = hurwitz(order + 1, x);
    for (int i = 2; i <= order; i++) {
      value = value.times(DoubleDouble.of(i));
    }
    return order % 2 == 0 ? value.negated() : value;
  }

  /** {@return Σ 1/(x + m)^s for x > 0 (DLMF 25.11.1), the far terms by 25.11.43} */
  private static Precise hurwitz(int s, DoubleDouble x) {
    // all terms as parts of the first
    DoubleDouble sum = DoubleDouble.ZERO;
    DoubleDouble y = x;
    for (; y.high() < LARGE + 2.0 * s; y = y.plus(1)) {
      sum = sum.plus(x.over(y).power(s));
    }
    // y/(s − 1) + ½ + Σ B_2j/(2j)! · s (s + 1) … (s + 2j − 2)/y^(2j − 1)
    DoubleDouble tail = y.over(s - 1).plus(0.5);
    DoubleDouble factor = DoubleDouble.ONE.over(y).scaled(-1).times(s);
    for (int j = 1; j <= TERMS; j++) {
      tail = tail.plus(BERNOULLI[j - 1].times(factor));
      double a = s + 2.0 * j - 1;
      factor = factor.times(a).over(y).times(a + 1).over(y).over((2 * j + 1) * (2 * j + 2));
    }
    sum = sum.plus(tail.times(x.over(y).power(s)));
    return Precise.normalized(x).power(s).inverse().times(sum);
  }

  /** π times the derivative of cot πx, a polynomial in c = cot πx, for c' = −π (1 + c²). */
  private static Precise cotangentDerivative(int order, double x) {
    DoubleDouble[] p = {DoubleDouble.ZERO, DoubleDouble.ONE};
    for (int n = 0; n < order; n++) {
      DoubleDouble[] q = new DoubleDouble[p.length + 1];
      java.util.Arrays.fill(q, DoubleDouble.ZERO);
      for (int i = 1; i < p.length; i++) {
        q[i - 1] = q[i - 1].minus(p[i].times(i));
        q[i + 1] = q[i + 1].minus(p[i].times(i));
      }
      p = q;
    }
    DoubleDouble at = DoubleDouble.of(x);
    DoubleDouble sine = Trigonometry.sinPi(at);
    DoubleDouble cosine = Trigonometry.cosPi(at);
    // homogeneous: Σ p_i cos^i sin^(n − i) over sin^n, all terms of one sign
    int n = p.length - 1;
    DoubleDouble sum = DoubleDouble.ZERO;
    DoubleDouble power = DoubleDouble.ONE;
    for (int i = n; i >= 0; i--) {
      DoubleDouble term = p[i].times(power);
      sum = sum.times(cosine).plus(term);
      power = power.times(sine);
    }
    return Precise.normalized(sine).power(n).inverse().times(sum).times(DoubleDouble.PI.power(n));
  }
}
