package fluxion.conformance.reference;

/** Hyperbolic functions and their inverses to about 30 digits; formulas of DLMF 4.28 and 4.37. */
final class Hyperbolic {
  private Hyperbolic() {}

  /** {@return sinh x of a finite number} */
  static Precise sinh(double x) {
    if (Math.abs(x) > 80) {
      Precise half = Exponentials.exp(DoubleDouble.of(Math.abs(x)));
      return signed(new Precise(half.high(), half.low(), half.exponent() - 1), x);
    }
    // E = e^|x| − 1: sinh |x| = (E + E/(E + 1))/2
    DoubleDouble e = Exponentials.expm1(DoubleDouble.of(Math.abs(x)));
    return signed(Precise.of(e.plus(e.over(e.plus(1))).scaled(-1)), x);
  }

  /** {@return cosh x of a finite number} */
  static Precise cosh(double x) {
    Precise power = Exponentials.exp(DoubleDouble.of(Math.abs(x)));
    if (Math.abs(x) > 80) {
      return new Precise(power.high(), power.low(), power.exponent() - 1);
    }
    DoubleDouble e = power.digits().scaled(power.exponent());
    return Precise.of(e.plus(e.inverse()).scaled(-1));
  }

  /** {@return tanh x} */
  static DoubleDouble tanh(double x) {
    if (Math.abs(x) > 80) {
      return DoubleDouble.of(Math.signum(x));
    }
    DoubleDouble e = Exponentials.expm1(DoubleDouble.of(2 * Math.abs(x)));
    return e.over(e.plus(2)).withSignOf(x);
  }

  /** {@return log(a + √(a² + 1)) with the sign of a finite x of size a} */
  static DoubleDouble asinh(double x) {
    DoubleDouble a = DoubleDouble.of(Math.abs(x));
    if (a.high() > 0x1p120) {
      return Exponentials.log(a).plus(DoubleDouble.LN_2).withSignOf(x);
    }
    DoubleDouble square = a.squared();
    DoubleDouble root = square.plus(1).sqrt();
    return Exponentials.log1p(a.plus(square.over(root.plus(1)))).withSignOf(x);
  }

  /** {@return log(x + √(x² − 1)) for a finite x from 1 on} */
  static DoubleDouble acosh(double x) {
    if (x > 0x1p120) {
      return Exponentials.log(DoubleDouble.of(x)).plus(DoubleDouble.LN_2);
    }
    DoubleDouble t = DoubleDouble.sum(x, -1);
    return Exponentials.log1p(t.plus(t.times(t.plus(2)).sqrt()));
  }

  /** {@return ½ log((1 + x)/(1 − x)) for |x| &lt; 1} */
  static DoubleDouble atanh(double x) {
    double a = Math.abs(x);
    DoubleDouble ratio = DoubleDouble.of(2 * a).over(DoubleDouble.sum(1, -a));
    return Exponentials.log1p(ratio).scaled(-1).withSignOf(x);
  }

  private static Precise signed(Precise size, double x) {
    return x < 0 ? size.negated() : size;
  }
}
