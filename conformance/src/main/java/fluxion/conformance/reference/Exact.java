package fluxion.conformance.reference;

import fluxion.api.ArgumentException;
import fluxion.engine.spi.ExprOp;

/**
 * Functions of floats, to 28 digits or more: against which the errors of results in float64 can be
 * measured to far below one unit in the last place.
 *
 * <p>Only near a zero of {@code lgamma} below −2, of {@code digamma} and of {@code polygamma} are
 * there fewer digits: there it is the error beside 1 that is below 10<sup>-28</sup>. Special values
 * are those that {@link fluxion.engine.spi.Expr} states, which are C99's and IEEE 754's.
 */
public final class Exact {
  /** Below this an odd function is its argument times its slope at 0, to all digits. */
  private static final double TINY = 0x1p-200;

  /** The exponential of a larger number overflows, that of its opposite is 0. */
  private static final double HUGE = 2000;

  private static final DoubleDouble ERF_SLOPE = DoubleDouble.of(2).over(DoubleDouble.SQRT_PI);
  private static final Precise NAN = Precise.of(Double.NaN);
  private static final Precise INFINITE = Precise.of(Double.POSITIVE_INFINITY);

  private Exact() {}

  /**
   * {@return the value of an operation on floats}
   *
   * @param op what is computed: a function or arithmetic, neither a comparison nor a conversion
   * @param order the order of a polygamma, else not read
   * @param args the operands; more than the operation takes are not read
   * @throws ArgumentException if there is no such function of floats
   */
  public static Precise evaluate(ExprOp op, int order, double... args) {
    double a = args[0];
    double b = args.length > 1 ? args[1] : 0;
    double c = args.length > 2 ? args[2] : 0;
    return switch (op) {
      case EXP, EXP2, EXPM1, SIGMOID, SOFTPLUS, LOGSIGMOID -> exponential(op, a);
      case LOG, LOG2, LOG10, LOG1P -> logarithm(op, a);
      case SIN, COS, TAN, ASIN, ACOS, ATAN -> trigonometric(op, a);
      case SINH, COSH, TANH, ASINH, ACOSH, ATANH -> hyperbolic(op, a);
      case ERF, ERFC, ERFINV -> error(op, a);
      case LGAMMA, DIGAMMA, POLYGAMMA -> gamma(op, order, a);
      case POW -> power(a, b);
      case ATAN2 -> angle(a, b);
      case XLOGY -> xlogy(a, b);
      case HYPOT -> hypotenuse(a, b);
      default -> ExactArithmetic.evaluate(op, a, b, c);
    };
  }

  private static Precise exponential(ExprOp op, double x) {
    if (Double.isNaN(x)) {
      return NAN;
    }
    boolean large = x > HUGE;
    boolean small = x < -HUGE;
    return switch (op) {
      case EXP -> large ? INFINITE : small ? Precise.of(0) : Exponentials.exp(DoubleDouble.of(x));
      case EXP2 -> large ? INFINITE : small ? Precise.of(0) : Exponentials.exp2(x);
      case EXPM1 ->
          Math.abs(x) < TINY
              ? Precise.of(x)
              : x > 80
                  ? exponential(ExprOp.EXP, x) // one less is beyond all digits
                  : Precise.of(
                      small ? DoubleDouble.of(-1) : Exponentials.expm1(DoubleDouble.of(x)));
      case SIGMOID -> small ? Precise.of(0) : Exponentials.sigmoid(x);
      case SOFTPLUS -> large ? Precise.of(x) : small ? Precise.of(0) : Exponentials.softplus(x);
      default -> exponential(ExprOp.SOFTPLUS, -x).negated();
    };
  }

  private static Precise logarithm(ExprOp op, double x) {
    double pole = op == ExprOp.LOG1P ? -1 : 0;
    if (!(x > pole)) {
      return x == pole ? INFINITE.negated() : NAN;
    }
    if (x == Double.POSITIVE_INFINITY) {
      return INFINITE;
    }
    if (op == ExprOp.LOG1P) {
      return Math.abs(x) < TINY
          ? Precise.of(x)
          : Precise.of(Exponentials.log1p(DoubleDouble.of(x)));
    }
    DoubleDouble log = Exponentials.log(DoubleDouble.of(x));
    return Precise.of(
        switch (op) {
          case LOG2 -> log.over(DoubleDouble.LN_2);
          case LOG10 -> log.over(DoubleDouble.LN_10);
          default -> log;
        });
  }

  private static Precise trigonometric(ExprOp op, double x) {
    if (Math.abs(x) < TINY && op != ExprOp.COS && op != ExprOp.ACOS) {
      return Precise.of(x);
    }
    if (op == ExprOp.ATAN && Double.isInfinite(x)) {
      return Precise.of(DoubleDouble.HALF_PI.withSignOf(x));
    }
    boolean inverse = op == ExprOp.ASIN || op == ExprOp.ACOS;
    if (!Double.isFinite(x) || (inverse && Math.abs(x) > 1)) {
      return NAN;
    }
    return Precise.of(
        switch (op) {
          case SIN -> Trigonometry.sin(x);
          case COS -> Trigonometry.cos(x);
          case TAN -> Trigonometry.tan(x);
          case ASIN -> Trigonometry.asin(x);
          case ACOS -> Trigonometry.acos(x);
          default -> Trigonometry.atan(DoubleDouble.of(x));
        });
  }

  private static Precise hyperbolic(ExprOp op, double x) {
    boolean large = Math.abs(x) > HUGE;
    if (Double.isNaN(x)) {
      return NAN;
    }
    if (op == ExprOp.COSH) {
      return large ? INFINITE : Hyperbolic.cosh(x);
    }
    if (op == ExprOp.ACOSH) {
      return x < 1 ? NAN : Double.isInfinite(x) ? INFINITE : Precise.of(Hyperbolic.acosh(x));
    }
    if (Math.abs(x) < TINY) {
      return Precise.of(x);
    }
    return switch (op) {
      case SINH -> large ? Precise.of(x * Double.POSITIVE_INFINITY) : Hyperbolic.sinh(x);
      case TANH -> Precise.of(Hyperbolic.tanh(x));
      case ASINH -> Double.isInfinite(x) ? Precise.of(x) : Precise.of(Hyperbolic.asinh(x));
      default ->
          Math.abs(x) >= 1
              ? Math.abs(x) == 1 ? Precise.of(x * Double.POSITIVE_INFINITY) : NAN
              : Precise.of(Hyperbolic.atanh(x));
    };
  }

  private static Precise error(ExprOp op, double x) {
    if (Double.isNaN(x)) {
      return NAN;
    }
    if (op == ExprOp.ERFC) {
      return Double.isInfinite(x) ? Precise.of(x > 0 ? 0 : 2) : ErrorFunction.erfc(x);
    }
    if (x == 0) {
      return Precise.of(x);
    }
    if (op == ExprOp.ERF) {
      return Math.abs(x) < TINY
          ? Precise.normalized(x).times(ERF_SLOPE)
          : Double.isInfinite(x) ? Precise.of(Math.signum(x)) : Precise.of(ErrorFunction.erf(x));
    }
    if (Math.abs(x) >= 1) {
      return Math.abs(x) == 1 ? Precise.of(x * Double.POSITIVE_INFINITY) : NAN;
    }
    return Math.abs(x) < TINY
        ? Precise.normalized(x).times(ERF_SLOPE.inverse())
        : Precise.of(ErrorFunction.inverse(x));
  }

  private static Precise gamma(ExprOp op, int order, double x) {
    if (Double.isNaN(x)) {
      return NAN;
    }
    boolean pole = x <= 0 && x == Math.rint(x);
    if (op == ExprOp.POLYGAMMA) {
      double sign = order % 2 == 0 ? -1 : 1;
      return pole
          ? Precise.of(sign * Double.POSITIVE_INFINITY)
          : Double.isInfinite(x) ? Precise.of(sign * 0.0) : GammaFunction.polygamma(order, x);
    }
    if (op == ExprOp.LGAMMA) {
      return pole || Double.isInfinite(x) ? INFINITE : GammaFunction.lgamma(x);
    }
    if (x == 0) {
      return Precise.of(-1 / x);
    }
    return pole ? NAN : Double.isInfinite(x) ? INFINITE : GammaFunction.digamma(x);
  }

  /** C99, F.9.4.4. */
  private static Precise power(double x, double y) {
    if (y == 0 || x == 1) {
      return Precise.of(1);
    }
    if (Double.isNaN(x) || Double.isNaN(y)) {
      return NAN;
    }
    if (x == -1 && Double.isInfinite(y)) {
      return Precise.of(1);
    }
    if (x == 0 || Double.isInfinite(x) || Double.isInfinite(y)) {
      return Precise.of(StrictMath.pow(x, y)); // 0 or infinite
    }
    if (x < 0 && y != Math.rint(y)) {
      return NAN;
    }
    Precise size = Exponentials.power(x, y);
    return x < 0 && Math.abs(y % 2) == 1 ? size.negated() : size;
  }

  private static Precise angle(double y, double x) {
    if (Double.isNaN(x) || Double.isNaN(y)) {
      return NAN;
    }
    boolean left = x < 0 || (x == 0 && 1 / x < 0);
    if (y == 0 || (Double.isInfinite(x) && !Double.isInfinite(y))) {
      return left ? Precise.of(DoubleDouble.PI.withSignOf(y)) : Precise.of(Math.copySign(0, y));
    }
    if (Double.isInfinite(y) && Double.isInfinite(x)) {
      DoubleDouble eighth = DoubleDouble.HALF_PI.scaled(-1);
      return Precise.of((left ? DoubleDouble.PI.minus(eighth) : eighth).withSignOf(y));
    }
    if (x == 0 || Double.isInfinite(y)) {
      return Precise.of(DoubleDouble.HALF_PI.withSignOf(y));
    }
    return Trigonometry.atan2(y, x);
  }

  private static Precise xlogy(double x, double y) {
    if (Double.isNaN(x) || Double.isNaN(y)) {
      return NAN;
    }
    if (x == 0) {
      return Precise.of(0);
    }
    Precise log = logarithm(ExprOp.LOG, y);
    if (!Double.isFinite(x) || !Double.isFinite(log.high()) || log.high() == 0) {
      return Precise.of(x * log.high());
    }
    return Precise.normalized(x).times(log.digits());
  }

  private static Precise hypotenuse(double a, double b) {
    if (Double.isInfinite(a) || Double.isInfinite(b)) {
      return INFINITE;
    }
    if (Double.isNaN(a) || Double.isNaN(b)) {
      return NAN;
    }
    double large = Math.max(Math.abs(a), Math.abs(b));
    double small = Math.min(Math.abs(a), Math.abs(b));
    if (small == 0) {
      return Precise.of(large);
    }
    Precise leg = Precise.normalized(large);
    DoubleDouble other = DoubleDouble.of(Math.scalb(small, -leg.exponent())); // 0 if far smaller
    return Precise.of(leg.digits().squared().plus(other.squared()).sqrt(), leg.exponent());
  }
}
