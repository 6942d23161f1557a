package fluxion.conformance.reference;

import fluxion.api.DType;
import fluxion.engine.spi.ExprOp;

/**
 * Elementary functions of float32, correctly rounded.
 *
 * <p>The function is first computed in float64 by Java's {@link StrictMath}, whose errors are below
 * one unit in the last place (two for the hyperbolic functions), or by a formula of a few
 * operations. If all numbers within 2<sup>-44</sup> of that round to one float32, it is the result;
 * else, about once in a million times, {@link Exact} decides.
 */
final class Singles {
  private static final double UNCERTAINTY = 0x1p-44;

  private Singles() {}

  static double evaluate(ExprOp op, int order, double a, double b) {
    double close = approximate(op, a, b);
    double slack = Math.abs(close) * UNCERTAINTY;
    float below = (float) (close - slack);
    float above = (float) (close + slack);
    if (below == above && below != 0 && Float.isFinite(below)) {
      return below;
    }
    return Exact.evaluate(op, order, a, b).round(DType.FLOAT32);
  }

  /** {@return the value to a few units in the last place of a double; NaN if that is not known} */
  private static double approximate(ExprOp op, double a, double b) {
    return switch (op) {
      case EXP -> StrictMath.exp(a);
      case EXPM1 -> StrictMath.expm1(a);
      case LOG -> StrictMath.log(a);
      case LOG10 -> StrictMath.log10(a);
      case LOG1P -> StrictMath.log1p(a);
      case SIN -> StrictMath.sin(a);
      case COS -> StrictMath.cos(a);
      case TAN -> StrictMath.tan(a);
      case ASIN -> StrictMath.asin(a);
      case ACOS -> StrictMath.acos(a);
      case ATAN -> StrictMath.atan(a);
      case SINH -> StrictMath.sinh(a);
      case COSH -> StrictMath.cosh(a);
      case TANH -> StrictMath.tanh(a);
      case RSQRT -> 1 / Math.sqrt(a);
      case SIGMOID -> 1 / (1 + StrictMath.exp(-a));
      case SOFTPLUS -> Math.max(a, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(a)));
      case LOGSIGMOID -> Math.min(a, 0) - StrictMath.log1p(StrictMath.exp(-Math.abs(a)));
      case ERF -> ErrorFunction.approximate(a);
      case HYPOT -> Math.sqrt(a * a + b * b);
      case ATAN2 -> StrictMath.atan2(a, b);
      case XLOGY -> a == 0 ? Double.NaN : a * StrictMath.log(b);
      default -> Double.NaN;
    };
  }
}
