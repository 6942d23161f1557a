package fluxion.conformance.reference;

/**
 * Exponential and logarithm to about 30 digits.
 *
 * <p>Exponential: {@code e^x = 2^k e^r} with r at most ½ log 2 in size, and {@code e^r − 1} from
 * its power series (Abramowitz and Stegun 4.2.1) at r/64, doubled six times by {@code e^2s − 1 =
 * (e^s − 1)(e^s + 1)}. Logarithm: {@code log(2^k m) = k log 2 + 2 atanh((m − 1)/(m + 1))} with the
 * series 4.1.27, m between √½ and √2.
 */
final class Exponentials {
  private static final int DOUBLINGS = 6;
  private static final int EXP_TERMS = 14;
  private static final int ATANH_TERMS = 23;
  private static final double SQRT_2 = 0x1.6a09e667f3bcdp0;

  /** 1/n!. */
  private static final DoubleDouble[] INVERSE_FACTORIALS = new DoubleDouble[EXP_TERMS + 1];

  /** 1/(2n + 1). */
  private static final DoubleDouble[] INVERSE_ODD = new DoubleDouble[ATANH_TERMS];

  static {
    DoubleDouble inverse = DoubleDouble.ONE;
    for (int n = 0; n <= EXP_TERMS; n++) {
      inverse = n < 2 ? DoubleDouble.ONE : inverse.over(n);
      INVERSE_FACTORIALS[n] = inverse;
    }
    for (int n = 0; n < ATANH_TERMS; n++) {
      INVERSE_ODD[n] = DoubleDouble.of(2 * n + 1).inverse();
    }
  }

  private Exponentials() {}

  /** {@return e^x of a finite number of size below 2^20} */
  static Precise exp(DoubleDouble x) {
    double k = Math.rint(x.high() / DoubleDouble.LN_2.high());
    DoubleDouble r = x.minus(DoubleDouble.LN_2.times(k));
    return Precise.of(smallExpm1(r).plus(1), (int) k);
  }

  /** {@return 2^x of a finite number of size below 2^20} */
  static Precise exp2(double x) {
    double k = Math.rint(x);
    return Precise.of(smallExpm1(DoubleDouble.LN_2.times(x - k)).plus(1), (int) k);
  }

  /** {@return e^x − 1 of a number of size below 700} */
  static DoubleDouble expm1(DoubleDouble x) {
    if (Math.abs(x.high()) < 0.5) {
      return smallExpm1(x);
    }
    Precise power = exp(x);
    return power.digits().scaled(power.exponent()).minus(1);
  }

  /** {@return e^r − 1 for r of size up to ½, with its relative precision} */
  private static DoubleDouble smallExpm1(DoubleDouble r) {
    DoubleDouble s = r.scaled(-DOUBLINGS);
    DoubleDouble sum = INVERSE_FACTORIALS[EXP_TERMS];
    for (int n = EXP_TERMS - 1; n >= 1; n--) {
      sum = sum.times(s).plus(INVERSE_FACTORIALS[n]);
    }
    sum = sum.times(s);
    for (int i = 0; i < DOUBLINGS; i++) {
      sum = sum.times(sum.plus(2));
    }
    return sum;
  }

  /** {@return log x of a positive finite number} */
  static DoubleDouble log(DoubleDouble x) {
    int k = Math.getExponent(x.high());
    DoubleDouble m = x.scaled(-k);
    if (k < Double.MIN_EXPONENT) { // subnormal
      m = x.scaled(60);
      int more = Math.getExponent(m.high());
      m = m.scaled(-more);
      k = more - 60;
    }
    if (m.high() > SQRT_2) {
      m = m.scaled(-1);
      k++;
    }
    DoubleDouble part = twiceAtanh(m.minus(1).over(m.plus(1)));
    return k == 0 ? part : part.plus(DoubleDouble.LN_2.times(k));
  }

  /** {@return log(1 + x) of a finite number above −1} */
  static DoubleDouble log1p(DoubleDouble x) {
    return Math.abs(x.high()) < 0.25 ? twiceAtanh(x.over(x.plus(2))) : log(x.plus(1));
  }

  /** {@return 2 atanh s for s of size up to 3 − 2√2} */
  private static DoubleDouble twiceAtanh(DoubleDouble s) {
    DoubleDouble z = s.squared();
    DoubleDouble sum = INVERSE_ODD[ATANH_TERMS - 1];
    for (int n = ATANH_TERMS - 2; n >= 0; n--) {
      sum = sum.times(z).plus(INVERSE_ODD[n]);
    }
    return sum.times(s).scaled(1);
  }

  /** {@return log(1 + e^x) of a finite number} */
  static Precise softplus(double x) {
    if (x < -80) {
      return exp(DoubleDouble.of(x)); // its square is beyond all digits
    }
    if (x > 80) {
      return Precise.of(x);
    }
    Precise power = exp(DoubleDouble.of(-Math.abs(x)));
    DoubleDouble tail = log1p(power.digits().scaled(power.exponent()));
    return Precise.of(x > 0 ? tail.plus(x) : tail);
  }

  /** {@return 1 / (1 + e^−x) of a finite number} */
  static Precise sigmoid(double x) {
    if (x < -80) {
      return exp(DoubleDouble.of(x));
    }
    Precise power = exp(DoubleDouble.of(-Math.min(x, 200)));
    return Precise.of(power.digits().scaled(power.exponent()).plus(1).inverse());
  }

  /**
   * {@return |x|^y of finite numbers, x not 0}
   *
   * <p>A small power of an integer order is multiplied out, so that a result that a double can be,
   * or one half way between two doubles, is exact.
   */
  static Precise power(double x, double y) {
    Precise base = Precise.normalized(Math.abs(x));
    if (y == Math.rint(y) && Math.abs(y) <= 64) {
      Precise power = base.power((int) Math.abs(y));
      return y < 0 ? power.inverse() : power;
    }
    DoubleDouble log = log(DoubleDouble.of(Math.abs(x)));
    double size = log.high() * y;
    if (Math.abs(size) > 1e5) {
      return Precise.of(size > 0 ? Double.POSITIVE_INFINITY : 0);
    }
    return exp(log.times(y));
  }
}
