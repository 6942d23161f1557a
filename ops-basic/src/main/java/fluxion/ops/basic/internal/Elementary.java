package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Promotion.INT_TO_FLOAT;
import static fluxion.engine.spi.Promotion.PROMOTE;

import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.PointwiseFunction;
import fluxion.engine.spi.Promotion;
import java.util.function.UnaryOperator;

/**
 * Pointwise operators of one tensor, a line each: name, promotion, the range of values on which
 * tools try it, formula. Gradients of every order, broadcasting and the in-place form follow.
 */
final class Elementary {
  /** The sum with 0 turns the −0 below the root at x = −1 into 0, so that the gradient is +∞. */
  private static final PointwiseFunction ACOSH =
      PointwiseFunction.unary("acosh", INT_TO_FLOAT, Expr::acosh)
          .gradient(0, (x, s, out, g) -> g.mul(x[0].sub(1).mul(x[0].add(1)).add(0.0).rsqrt()));

  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.hasBoth("neg")) unary(t, PROMOTE, -2, 2, Elementary::neg);
      if (t.hasBoth("abs")) unary(t, PROMOTE, 0.2, 2, Elementary::abs);
      if (t.hasBoth("sign")) flat(t, x -> x.type() == DType.BOOL ? x : x.sign());
      if (t.hasBoth("sgn")) flat(t, x -> x.type() == DType.BOOL ? x : x.sign());
      if (t.hasBoth("floor")) rounding(t, Expr::floor);
      if (t.hasBoth("ceil")) rounding(t, Expr::ceil);
      if (t.hasBoth("trunc")) rounding(t, Expr::trunc);
      if (t.hasBoth("frac")) unary(t, PROMOTE, 0.1, 0.9, Elementary::frac);
      if (t.hasBoth("reciprocal")) unary(t, INT_TO_FLOAT, 0.5, 2, Expr::reciprocal);
      if (t.hasBoth("sqrt")) unary(t, INT_TO_FLOAT, 0.2, 3, Expr::sqrt);
      if (t.hasBoth("rsqrt")) unary(t, INT_TO_FLOAT, 0.2, 3, Expr::rsqrt);
      if (t.hasBoth("exp")) unary(t, INT_TO_FLOAT, -2, 2, Expr::exp);
      if (t.hasBoth("exp2")) unary(t, INT_TO_FLOAT, -2, 2, Expr::exp2);
      if (t.hasBoth("expm1")) unary(t, INT_TO_FLOAT, -2, 2, Expr::expm1);
      if (t.hasBoth("log")) unary(t, INT_TO_FLOAT, 0.2, 3, Expr::log);
      if (t.hasBoth("log2")) unary(t, INT_TO_FLOAT, 0.2, 3, Expr::log2);
      if (t.hasBoth("log10")) unary(t, INT_TO_FLOAT, 0.2, 3, Expr::log10);
      if (t.hasBoth("log1p")) unary(t, INT_TO_FLOAT, -0.6, 2, Expr::log1p);
      if (t.hasBoth("sin")) unary(t, INT_TO_FLOAT, -3, 3, Expr::sin);
      if (t.hasBoth("cos")) unary(t, INT_TO_FLOAT, -3, 3, Expr::cos);
      if (t.hasBoth("tan")) unary(t, INT_TO_FLOAT, -1.2, 1.2, Expr::tan);
      if (t.hasBoth("deg2rad")) unary(t, INT_TO_FLOAT, -180, 180, x -> x.mul(Math.PI / 180));
      if (t.hasBoth("asin")) unary(t, INT_TO_FLOAT, -0.8, 0.8, Expr::asin);
      if (t.hasBoth("acos")) unary(t, INT_TO_FLOAT, -0.8, 0.8, Expr::acos);
      if (t.hasBoth("atan")) unary(t, INT_TO_FLOAT, -2, 2, Expr::atan);
      if (t.hasBoth("sinh")) unary(t, INT_TO_FLOAT, -2, 2, Expr::sinh);
      if (t.hasBoth("cosh")) unary(t, INT_TO_FLOAT, -2, 2, Expr::cosh);
      if (t.hasBoth("tanh")) unary(t, INT_TO_FLOAT, -2, 2, Expr::tanh);
      if (t.hasBoth("asinh")) unary(t, INT_TO_FLOAT, -2, 2, Expr::asinh);
      if (t.hasBoth("acosh")) operators(t, ACOSH, 1.3, 3);
      if (t.hasBoth("atanh")) unary(t, INT_TO_FLOAT, -0.8, 0.8, Expr::atanh);
      if (t.hasBoth("erf")) unary(t, INT_TO_FLOAT, -1.5, 1.5, Expr::erf);
      if (t.hasBoth("erfc")) unary(t, INT_TO_FLOAT, -1.5, 1.5, Expr::erfc);
      if (t.hasBoth("erfinv")) unary(t, INT_TO_FLOAT, -0.8, 0.8, Expr::erfinv);
      if (t.has("special_ndtr")) one(t, INT_TO_FLOAT, -1.5, 1.5, Elementary::ndtr);
      if (t.hasBoth("rad2deg")) unary(t, INT_TO_FLOAT, -3, 3, x -> x.mul(180 / Math.PI));
    }
  }

  private Elementary() {}

  /** An operator and its in-place form. */
  private static void unary(
      Catalogue t, Promotion promotion, double low, double high, UnaryOperator<Expr> formula) {
    operators(t, PointwiseFunction.unary(t.line(), promotion, formula), low, high);
  }

  /** An operator without an in-place form. */
  private static void one(
      Catalogue t, Promotion promotion, double low, double high, UnaryOperator<Expr> formula) {
    PointwiseFunction function = PointwiseFunction.unary(t.line(), promotion, formula);
    t.add(Operator.unary(function).samples(s -> Samples.unary(s, low, high)));
  }

  private static void operators(Catalogue t, PointwiseFunction function, double low, double high) {
    t.add(Operator.unary(function).samples(s -> Samples.unary(s, low, high)));
    t.add(Operator.unaryInPlace(function));
  }

  /** A rounding, which leaves integers as they are. */
  private static void rounding(Catalogue t, UnaryOperator<Expr> formula) {
    String name = t.line();
    flat(
        t,
        PointwiseFunction.unary(
                name, PROMOTE, x -> x.type().isFloatingPoint() ? formula.apply(x) : x)
            .checking(Refusals.ofBool(name + "_vml_cpu")));
  }

  /** An operator whose derivative is zero wherever it exists, and its in-place form. */
  private static void flat(Catalogue t, UnaryOperator<Expr> formula) {
    flat(t, PointwiseFunction.unary(t.line(), PROMOTE, formula));
  }

  private static void flat(Catalogue t, PointwiseFunction function) {
    t.add(Operator.unary(function).samples(s -> Samples.unary(s, 0.1, 0.9)).flat());
    t.add(Operator.unaryInPlace(function).flat());
  }

  /** The standard normal distribution function. */
  private static Expr ndtr(Expr x) {
    return x.mul(-Math.sqrt(0.5)).erfc().mul(0.5);
  }

  private static Expr neg(Expr x) {
    if (x.type() == DType.BOOL) {
      throw new DTypeException(
          "Negation, the `-` operator, on a bool tensor is not supported. If you are trying to"
              + " invert a mask, use the `~` or `logical_not()` operator instead.");
    }
    return x.neg();
  }

  private static Expr abs(Expr x) {
    if (x.type() == DType.BOOL) {
      throw Refusals.notImplemented("abs_cpu", x.type(), "cast to an integer dtype");
    }
    return x.abs();
  }

  private static Expr frac(Expr x) {
    if (!x.type().isFloatingPoint()) {
      throw Refusals.notImplemented("frac_cpu", x.type(), "cast to a floating-point dtype");
    }
    return x.sub(x.trunc());
  }
}
