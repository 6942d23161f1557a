package fluxion.engine.expr;

import fluxion.engine.spi.Expr;

/**
 * The error function: below 1 {@code x + x P(x²)}, above {@code 1 − 2^Q(|x|)}, after N. Juffa's
 * single-precision {@code erff} (answer to "Vectorizable implementation of erff()", Stack Overflow
 * 35148198, 2016), there with the natural exponential. The polynomials are minimax approximations
 * of erf's relative error, found as those of {@link LoweredExponentials}.
 */
final class LoweredErf {
  /** P of float32, relative error 2^-29.4. */
  private static final double[] NEAR_SINGLE = {
    0.12837917, -0.37612626, 0.11283579, -0.026853347, 0.005187162, -0.00079978525, 7.806897e-05,
  };

  /** P of float64, relative error 2^-56. */
  private static final double[] NEAR_DOUBLE = {
    0.12837916709551256,
    -0.37612638903183343,
    0.1128379167093697,
    -0.026866170641966843,
    0.0052239775968419755,
    -0.0008548325492209582,
    0.00012055280774911227,
    -1.4924472144500678e-05,
    1.6444244356709643e-06,
    -1.6184806533017723e-07,
    1.3620616761249533e-08,
    -7.615798559283611e-10,
  };

  /** {@code Q(t) = −t + t (c[0] + c[1] t + …)} in float32, error of erf 2^-30.6. */
  private static final double[] FAR_SINGLE = {
    -0.6283536, -0.9160989, -0.1536417, 0.034598004, -0.0054021464, 0.00050134765, -1.971322e-05,
  };

  /** {@code Q(t) = −t + (c[0] + c[1] t + …)} in float64, error of erf 2^-58.8. */
  private static final double[] FAR_DOUBLE = {
    -2.3775003998237582e-07,
    -0.6279045857146769,
    -0.9184598161212374,
    -0.1482356180853236,
    0.027529166137632885,
    0.0003971743444706872,
    -0.0025439134125601905,
    0.0009179813338297886,
    -5.989973198876599e-05,
    -0.00010408944911942534,
    6.608365864469038e-05,
    -2.4205184461506158e-05,
    6.3459442652876656e-06,
    -1.2490066600719294e-06,
    1.8489037999743766e-07,
    -2.007980461648184e-08,
    1.514454348840209e-09,
    -7.09611289572136e-11,
    1.556293650576175e-12,
  };

  private LoweredErf() {}

  static Expr erf(Expr x) {
    Format f = Format.of(x);
    Expr a = x.abs();
    double[] c = f == Format.SINGLE ? NEAR_SINGLE : NEAR_DOUBLE;
    Expr near = f.polynomial(a.mul(a), c).fma(a, a);
    return LoweredBasics.withSign(Expr.select(a.lt(1.0), near, far(f.atMost(a, f.pick(4, 6)))), x);
  }

  private static Expr far(Expr t) {
    Format f = Format.of(t);
    boolean single = f == Format.SINGLE;
    Expr q = f.polynomial(t, single ? FAR_SINGLE : FAR_DOUBLE);
    Expr minus = t.neg();
    Expr sum = (single ? q.fma(t, minus) : q.add(minus)).add(f.magic);
    // The fractional part anew: rounded as the small number that it is.
    Expr rest = minus.sub(sum.sub(f.magic));
    Expr part = LoweredExponentials.exp2Part(single ? q.fma(t, rest) : q.add(rest));
    return part.fma(f.minusPower(sum), f.literal(1));
  }
}
