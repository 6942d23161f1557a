package fluxion.engine.expr;

import fluxion.engine.spi.Expr;

/**
 * Exponentials and what is made of them.
 *
 * <p>{@code e^x = 2^n e^r} with n the integer nearest to {@code x / ln 2} and {@code r = x − n ln
 * 2} by Cody and Waite's two steps ("Software Manual for the Elementary Functions", 1980, chapter
 * 6), each a fused multiply-add. {@code e^r} is {@code 1 + r + r² P(r)} on {@code |r| ≤ ln 2 / 2}.
 * All polynomials are minimax approximations of the relative error, found by Remez exchange with 50
 * digits; the coefficients were rounded one by one, the lowest first, and the rest fitted anew.
 *
 * <p>Powers of two beyond the normal numbers are products of two, so results are subnormal or
 * infinite by the last product alone. Arguments are bounded first, far enough out to change no
 * result.
 */
final class LoweredExponentials {
  private static final double LOG2_E = 0x1.71547652b82fep0;

  /** ln 2 in two parts; the first of float32's is what a literal rounds it to. */
  private static final double LN2 = 0x1.62e42fefa39efp-1;

  private static final double LN2_REST_SINGLE = -0x1.05c610p-29;
  private static final double LN2_REST_DOUBLE = 0x1.abc9e3b39803fp-56;

  /** P of e^r, relative error of expm1(r) 2^-26.1. */
  private static final double[] EXP_SINGLE = {
    0.49999997, 0.16666539, 0.041667752, 0.008367127, 0.0013836009,
  };

  /** P of e^r, relative error of expm1(r) 2^-61.6. */
  private static final double[] EXP_DOUBLE = {
    0.5,
    0.16666666666666677,
    0.04166666666666669,
    0.008333333333321733,
    0.0013888888888884177,
    0.00019841269885452356,
    2.4801587302295357e-05,
    2.7557245120410224e-06,
    2.755730880683592e-07,
    2.5108672367697245e-08,
    2.0900163025528207e-09,
  };

  /** 2^r = 1 + r P(r) on |r| ≤ ½, relative error 2^-27.5. */
  private static final double[] EXP2_SINGLE = {
    0.69314724, 0.24022655, 0.055502728, 0.009617062, 0.0013417745, 0.00015825953,
  };

  /** 2^r = 1 + r P(r) on |r| ≤ ½, relative error 2^-59.7. */
  private static final double[] EXP2_DOUBLE = {
    0.6931471805599453,
    0.2402265069591007,
    0.05550410866482337,
    0.009618129107630248,
    0.0013333558146035678,
    0.0001540353038883789,
    1.5252734164698376e-05,
    1.3215491370591905e-06,
    1.0177933083771211e-07,
    7.0529386588485824e-09,
    4.4732247936394174e-10,
    2.8736015654296975e-11,
  };

  /** sinh x = x + x³ P(x²) on |x| ≤ 1, relative error 2^-31.6. */
  private static final double[] SINH_SINGLE = {
    0.16666667, 0.0083333105, 0.00019842896, 2.782213e-06,
  };

  /** sinh x = x + x³ P(x²) on |x| ≤ 1, relative error 2^-62.9. */
  private static final double[] SINH_DOUBLE = {
    0.16666666666666666,
    0.008333333333333573,
    0.00019841269841061168,
    2.7557319310123498e-06,
    2.5052089386421063e-08,
    1.6061345709007516e-10,
    7.502601938068023e-13,
    6.4992589438944154e-15,
  };

  /** tanh x = x + x³ P(x²) on |x| ≤ 1, relative error 2^-30.9. */
  private static final double[] TANH_SINGLE = {
    -0.33333328,
    0.13333175,
    -0.053950723,
    0.021774437,
    -0.008571407,
    0.0030487557,
    -0.0008217735,
    0.00011640473,
  };

  /** tanh x = x + x³ P(x²) on |x| ≤ 0.6, relative error 2^-57.8. */
  private static final double[] TANH_DOUBLE = {
    -0.33333333333333126,
    0.1333333333329978,
    -0.053968253949344513,
    0.0218694880036254,
    -0.008863226791077898,
    0.003592037488558341,
    -0.0014552159256316086,
    0.0005871902631714727,
    -0.00023040061108127677,
    7.931833566663567e-05,
    -1.7180907288213625e-05,
  };

  private LoweredExponentials() {}

  /** An argument reduced: {@code x = n ln 2 + r}. */
  private record Reduced(Expr magicPlusN, Expr r) {
    static Reduced of(Expr x) {
      Format f = Format.of(x);
      Expr sum = x.fma(f.literal(LOG2_E), f.literal(f.magic));
      Expr n = sum.sub(f.magic);
      double ln2 = f.pick((float) LN2, LN2);
      Expr r = n.fma(f.literal(-ln2), x);
      double rest = f.pick(LN2_REST_SINGLE, LN2_REST_DOUBLE);
      return new Reduced(sum, n.fma(f.literal(-rest), r));
    }

    /** {@code e^r}. */
    Expr exp() {
      return Format.of(r).afterOnes(r, coefficients());
    }

    /** {@code e^r − 1}. */
    Expr expm1() {
      return r.mul(r).fma(Format.of(r).polynomial(r, coefficients()), r);
    }

    private double[] coefficients() {
      return Format.of(r) == Format.SINGLE ? EXP_SINGLE : EXP_DOUBLE;
    }
  }

  /** {@code 2^n} as two normal factors, for n to twice the range of the exponent. */
  private record Scale(Expr first, Expr second) {
    static Scale of(Expr magicPlusN) {
      Format f = Format.of(magicPlusN);
      Expr bits = magicPlusN.bits();
      Expr half = f.toExponent(bits.shr(f.word(1)));
      Expr rest = f.toExponent(bits).sub(half);
      return new Scale(half.add(f.one).fromBits(), rest.add(f.one).fromBits());
    }

    Expr times(Expr x) {
      return x.mul(first).mul(second);
    }
  }

  static Expr exp(Expr x) {
    Format f = Format.of(x);
    return ofBounded(f.atLeast(f.atMost(x, f.pick(100, 800)), f.pick(-110, -800)));
  }

  /** {@code e^−|x|}. */
  static Expr expOfMinusAbs(Expr x) {
    Format f = Format.of(x);
    return ofBounded(f.atLeast(x.abs().neg(), f.pick(-110, -800)));
  }

  private static Expr ofBounded(Expr x) {
    Reduced reduced = Reduced.of(x);
    return Scale.of(reduced.magicPlusN).times(reduced.exp());
  }

  /** {@code 2^x = 2^n 2^r} with r = x − n exactly. */
  static Expr exp2(Expr x) {
    Format f = Format.of(x);
    Expr bounded = f.atLeast(f.atMost(x, f.pick(140, 1100)), f.pick(-160, -1100));
    Expr sum = bounded.add(f.magic);
    return Scale.of(sum).times(exp2Part(bounded.sub(sum.sub(f.magic))));
  }

  /** {@code 2^r} for |r| ≤ ½. */
  static Expr exp2Part(Expr r) {
    Format f = Format.of(r);
    double[] c = f == Format.SINGLE ? EXP2_SINGLE : EXP2_DOUBLE;
    return f.polynomial(r, c).fma(r, f.literal(1));
  }

  /**
   * {@code e^x − 1 = 2 (2^(n−1) (e^r − 1) + (2^(n−1) − ½))}: halved so that n may be one beyond the
   * range. Tiny arguments are their own results.
   */
  static Expr expm1(Expr x) {
    Format f = Format.of(x);
    Reduced reduced = Reduced.of(f.atLeast(f.atMost(x, f.pick(89, 710)), f.pick(-20, -40)));
    Expr power = f.power(reduced.magicPlusN, -1);
    Expr half = reduced.expm1().fma(power, power.sub(0.5));
    return Expr.select(x.abs().lt(f.pick(0x1p-26, 0x1p-54)), x, half.add(half));
  }

  /**
   * {@code 1 / (1 + e^−x) = 2^n / (2^n + e^r)} with {@code −x = r − n ln 2}, where a product by 2^n
   * is exact. The denominator is a sum of two numbers that carries along what its rounding and that
   * of {@code e^r} lost, and the reciprocal gets one step of Newton's method.
   */
  static Expr sigmoid(Expr x) {
    Format f = Format.of(x);
    Expr bounded = f.atLeast(f.atMost(x, f.pick(30, 60)), f.pick(-110, -800));
    Reduced reduced = Reduced.of(bounded);
    Expr r = reduced.r.neg();
    Expr one = f.literal(1);
    Expr slope = f.polynomial(r, reduced.coefficients()).fma(r, one);
    Expr exp = slope.fma(r, one);
    Expr expLow = slope.fma(r, one.sub(exp));
    Scale scale = Scale.of(reduced.magicPlusN);
    Expr power = scale.first.mul(scale.second);
    Expr sum = power.add(exp);
    Expr back = sum.sub(exp);
    Expr sumLow = power.sub(back).add(exp.sub(sum.sub(back))).add(expLow);
    Expr reciprocal = one.div(sum);
    Expr minus = reciprocal.neg();
    Expr error = minus.fma(sumLow, minus.fma(sum, one));
    return scale.times(reciprocal.fma(error, reciprocal));
  }

  /** {@code E/2 + 1/(2E)} with E = e^|x|, computed from E/4, which does not overflow first. */
  static Expr cosh(Expr x) {
    Expr quarter = quarterExp(x.abs());
    return quarter.add(quarter).add(eighthOfReciprocal(quarter));
  }

  /** {@code E/2 − 1/(2E)} with E = e^|x|; near 0 a polynomial. */
  static Expr sinh(Expr x) {
    Format f = Format.of(x);
    Expr a = x.abs();
    Expr quarter = quarterExp(a);
    Expr large = quarter.add(quarter).sub(eighthOfReciprocal(quarter));
    Expr small = oddSeries(a, f == Format.SINGLE ? SINH_SINGLE : SINH_DOUBLE);
    return LoweredBasics.withSign(Expr.select(a.lt(1.0), small, large), x);
  }

  /** {@code 1 − 2 / (E + 1)} with E = e^2|x|; near 0 a polynomial. */
  static Expr tanh(Expr x) {
    Format f = Format.of(x);
    Expr a = x.abs();
    Expr bounded = f.atMost(a, f.pick(10, 20));
    Reduced reduced = Reduced.of(bounded.add(bounded));
    Expr power = f.power(reduced.magicPlusN, -1);
    if (f == Format.SINGLE) {
      Expr one = f.literal(1);
      Expr large = one.sub(one.div(reduced.exp().fma(power, f.literal(0.5))));
      return LoweredBasics.withSign(Expr.select(a.lt(1), oddSeries(a, TANH_SINGLE), large), x);
    }
    Expr large = complementOfReciprocal(reduced.exp().mul(power));
    return LoweredBasics.withSign(Expr.select(a.lt(0.6), oddSeries(a, TANH_DOUBLE), large), x);
  }

  /**
   * {@code 1 − 1 / (E/2 + ½)} for E/2 above ½. What the sum, the quotient and the difference lose
   * by rounding is carried along and put right at the end.
   */
  private static Expr complementOfReciprocal(Expr halfExp) {
    Format f = Format.of(halfExp);
    Expr one = f.literal(1);
    Expr sum = halfExp.add(0.5);
    Expr sumLow = f.literal(0.5).sub(sum.sub(halfExp));
    Expr quotient = one.div(sum);
    Expr minus = quotient.neg();
    Expr error = minus.fma(sumLow, minus.fma(sum, one));
    Expr difference = one.sub(quotient);
    Expr differenceLow = one.sub(difference).sub(quotient);
    return difference.add(minus.fma(error, differenceLow));
  }

  /** {@code e^a / 4}; ∞ only where {@code e^a / 2} is. */
  private static Expr quarterExp(Expr a) {
    Format f = Format.of(a);
    Reduced reduced = Reduced.of(f.atMost(a, f.pick(89.5, 710.6)));
    return reduced.exp().mul(f.power(reduced.magicPlusN, -2));
  }

  private static Expr eighthOfReciprocal(Expr x) {
    return Format.of(x).literal(0.125).div(x);
  }

  /** {@code a + a³ P(a²)}. */
  private static Expr oddSeries(Expr a, double[] c) {
    Expr square = a.mul(a);
    return Format.of(a).polynomial(square, c).mul(square).fma(a, a);
  }
}
