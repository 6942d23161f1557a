package fluxion.conformance.reference;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Sine, cosine, their inverses and relatives to about 30 digits.
 *
 * <p>An angle is reduced to at most π/4 with as much of π as it takes; sine and cosine are their
 * power series (Abramowitz and Stegun 4.3.65 and 4.3.66). The arc tangent adds to that of a double,
 * y, the series 4.4.42 of the rest by 4.4.34: {@code atan x − y = atan((x − tan y)/(1 + x tan y))}.
 */
final class Trigonometry {
  private static final int TERMS = 16;

  /** π/2 in three doubles: 159 bits. */
  private static final double HALF_PI_3 = -0x1.f1976b7ed8fbcp-110;

  /** Up to here three doubles are enough. */
  private static final double FAST = 0x1p16;

  /** (−1)^n/(2n + 1)! and (−1)^n/(2n)!. */
  private static final DoubleDouble[] SINE = new DoubleDouble[TERMS];

  private static final DoubleDouble[] COSINE = new DoubleDouble[TERMS];

  static {
    DoubleDouble inverse = DoubleDouble.ONE;
    for (int n = 0; n < TERMS; n++) {
      inverse = n == 0 ? inverse : inverse.over(2 * n);
      COSINE[n] = n % 2 == 0 ? inverse : inverse.negated();
      inverse = inverse.over(2 * n + 1);
      SINE[n] = n % 2 == 0 ? inverse : inverse.negated();
    }
  }

  private Trigonometry() {}

  /** π, for angles of any size. */
  private static final class LongPi {
    private static final MathContext DIGITS = new MathContext(420, RoundingMode.HALF_EVEN);
    static final BigDecimal HALF = half();

    /** Machin's formula, π/4 = 4 atan(1/5) − atan(1/239) (DLMF 3.12.5). */
    private static BigDecimal half() {
      BigDecimal four = BigDecimal.valueOf(4);
      return inverseTangent(5)
          .multiply(four)
          .subtract(inverseTangent(239))
          .multiply(BigDecimal.TWO);
    }

    private static BigDecimal inverseTangent(int inverse) {
      BigDecimal square = BigDecimal.valueOf(-(long) inverse * inverse);
      BigDecimal power = BigDecimal.ONE.divide(BigDecimal.valueOf(inverse), DIGITS);
      BigDecimal least = BigDecimal.ONE.movePointLeft(DIGITS.getPrecision());
      BigDecimal sum = BigDecimal.ZERO;
      for (long n = 1; power.abs().compareTo(least) > 0; n += 2) {
        sum = sum.add(power.divide(BigDecimal.valueOf(n), DIGITS));
        power = power.divide(square, DIGITS);
      }
      return sum;
    }

    private LongPi() {}
  }

  /** An angle less a number of right angles, and that number modulo 4. */
  private record Reduced(DoubleDouble rest, int quadrant) {
    static Reduced of(double x) {
      return Math.abs(x) < FAST ? fast(x) : slow(x);
    }

    private static Reduced fast(double x) {
      double k = Math.rint(x / DoubleDouble.HALF_PI.high());
      if (k == 0) {
        return new Reduced(DoubleDouble.of(x), 0);
      }
      DoubleDouble first = DoubleDouble.product(k, DoubleDouble.HALF_PI.high());
      DoubleDouble second = DoubleDouble.product(k, DoubleDouble.HALF_PI.low());
      // exact: x and the product are close
      DoubleDouble rest = DoubleDouble.sum(x - first.high(), -first.low());
      rest = rest.minus(second).minus(k * HALF_PI_3);
      return new Reduced(rest, (int) k & 3);
    }

    private static Reduced slow(double x) {
      BigDecimal angle = new BigDecimal(x);
      BigDecimal k = angle.divide(LongPi.HALF, 0, RoundingMode.HALF_EVEN);
      DoubleDouble rest = DoubleDouble.of(angle.subtract(k.multiply(LongPi.HALF)));
      return new Reduced(rest, k.toBigInteger().intValue() & 3);
    }
  }

  static DoubleDouble sin(double x) {
    Reduced angle = Reduced.of(x);
    return sine(angle.rest, angle.quadrant);
  }

  static DoubleDouble cos(double x) {
    Reduced angle = Reduced.of(x);
    return sine(angle.rest, angle.quadrant + 1);
  }

  static DoubleDouble tan(double x) {
    Reduced angle = Reduced.of(x);
    return sine(angle.rest, angle.quadrant).over(sine(angle.rest, angle.quadrant + 1));
  }

  /** {@return the sine of an angle of at most π/4 and some right angles} */
  private static DoubleDouble sine(DoubleDouble r, int quadrant) {
    DoubleDouble z = r.squared();
    DoubleDouble value = quadrant % 2 == 0 ? series(SINE, z).times(r) : series(COSINE, z);
    return (quadrant & 2) == 0 ? value : value.negated();
  }

  private static DoubleDouble series(DoubleDouble[] coefficients, DoubleDouble z) {
    DoubleDouble sum = coefficients[TERMS - 1];
    for (int n = TERMS - 2; n >= 0; n--) {
      sum = sum.times(z).plus(coefficients[n]);
    }
    return sum;
  }

  /** {@return sin πx, x reduced exactly} */
  static DoubleDouble sinPi(DoubleDouble x) {
    return ofPi(x, 0);
  }

  /** {@return cos πx, x reduced exactly} */
  static DoubleDouble cosPi(DoubleDouble x) {
    return ofPi(x, 1);
  }

  private static DoubleDouble ofPi(DoubleDouble x, int rightAngles) {
    // halves are counted, since π/2 is one right angle
    double k = Math.rint(2 * x.high());
    DoubleDouble rest = x.minus(k / 2);
    return sine(rest.times(DoubleDouble.PI), ((int) (k % 4) & 3) + rightAngles);
  }

  static DoubleDouble atan(DoubleDouble x) {
    if (Math.abs(x.high()) > 1) {
      DoubleDouble quarter = DoubleDouble.HALF_PI.withSignOf(x.high());
      return Math.abs(x.high()) > 1e300 ? quarter : quarter.minus(atan(x.inverse()));
    }
    if (Math.abs(x.high()) < 0x1p-60) {
      return x.minus(x.squared().times(x).over(3));
    }
    double y = StrictMath.atan(x.high());
    DoubleDouble z = DoubleDouble.product(y, y);
    DoubleDouble tangent = series(SINE, z).times(y).over(series(COSINE, z));
    DoubleDouble rest = x.minus(tangent).over(x.times(tangent).plus(1));
    // its cube is below 2^-150
    return rest.plus(y);
  }

  /** {@return asin x for |x| ≤ 1} */
  static DoubleDouble asin(double x) {
    if (Math.abs(x) == 1) {
      return DoubleDouble.HALF_PI.withSignOf(x);
    }
    return atan(DoubleDouble.of(x).over(complement(x).sqrt()));
  }

  /** {@return acos x for |x| ≤ 1} */
  static DoubleDouble acos(double x) {
    if (x == -1) {
      return DoubleDouble.PI;
    }
    // Abramowitz and Stegun 4.4.32 and 4.3.25: tan(½ acos x) = √((1 − x)/(1 + x))
    DoubleDouble square = DoubleDouble.sum(1, -x).over(DoubleDouble.sum(1, x));
    return atan(square.sqrt()).scaled(1);
  }

  /** {@return 1 − x²} */
  private static DoubleDouble complement(double x) {
    return DoubleDouble.sum(1, -x).times(DoubleDouble.sum(1, x));
  }

  /** {@return the angle of the point (x, y), both finite and not 0} */
  static Precise atan2(double y, double x) {
    Precise ordinate = Precise.normalized(y);
    Precise abscissa = Precise.normalized(x);
    DoubleDouble quotient = ordinate.digits().over(abscissa.digits());
    int scale = ordinate.exponent() - abscissa.exponent();
    // Beyond 2^±200 a tangent and its angle, or the complement of that, differ beyond all digits.
    if (scale > 200) {
      return Precise.of(DoubleDouble.HALF_PI.withSignOf(y));
    }
    if (x > 0) {
      return scale < -200 ? Precise.of(quotient, scale) : Precise.of(atan(quotient.scaled(scale)));
    }
    DoubleDouble below = scale < -200 ? DoubleDouble.ZERO : atan(quotient.scaled(scale));
    return Precise.of(below.plus(DoubleDouble.PI.withSignOf(y)));
  }
}
