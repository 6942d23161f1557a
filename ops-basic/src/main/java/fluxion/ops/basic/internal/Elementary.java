package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Promotion.INT_TO_FLOAT;
import static fluxion.engine.spi.Promotion.PROMOTE;

import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.PointwiseFunction;
import fluxion.engine.spi.Promotion;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Pointwise operators of one tensor, a line each: name, promotion, the range of values on which
 * tools try it, formula. Gradients of every order, broadcasting and the in-place form follow.
 */
final class Elementary {
  /** The sum with 0 turns the −0 below the root at x = −1 into 0, so that the gradient is +∞. */
  private static final PointwiseFunction ACOSH =
      PointwiseFunction.unary("acosh", INT_TO_FLOAT, Expr::acosh)
          .gradient(0, (x, s, out, g) -> g.mul(x[0].sub(1).mul(x[0].add(1)).add(0.0).rsqrt()));

  static final List<Operator> OPERATORS =
      Stream.of(
              unary("neg", PROMOTE, -2, 2, Elementary::neg),
              unary("abs", PROMOTE, 0.2, 2, Elementary::abs),
              flat("sign", x -> x.type() == DType.BOOL ? x : x.sign()),
              rounding("floor", Expr::floor),
              rounding("ceil", Expr::ceil),
              rounding("trunc", Expr::trunc),
              unary("frac", PROMOTE, 0.1, 0.9, Elementary::frac),
              unary("reciprocal", INT_TO_FLOAT, 0.5, 2, Expr::reciprocal),
              unary("sqrt", INT_TO_FLOAT, 0.2, 3, Expr::sqrt),
              unary("rsqrt", INT_TO_FLOAT, 0.2, 3, Expr::rsqrt),
              unary("exp", INT_TO_FLOAT, -2, 2, Expr::exp),
              unary("exp2", INT_TO_FLOAT, -2, 2, Expr::exp2),
              unary("expm1", INT_TO_FLOAT, -2, 2, Expr::expm1),
              unary("log", INT_TO_FLOAT, 0.2, 3, Expr::log),
              unary("log2", INT_TO_FLOAT, 0.2, 3, Expr::log2),
              unary("log10", INT_TO_FLOAT, 0.2, 3, Expr::log10),
              unary("log1p", INT_TO_FLOAT, -0.6, 2, Expr::log1p),
              unary("sin", INT_TO_FLOAT, -3, 3, Expr::sin),
              unary("cos", INT_TO_FLOAT, -3, 3, Expr::cos),
              unary("tan", INT_TO_FLOAT, -1.2, 1.2, Expr::tan),
              unary("asin", INT_TO_FLOAT, -0.8, 0.8, Expr::asin),
              unary("acos", INT_TO_FLOAT, -0.8, 0.8, Expr::acos),
              unary("atan", INT_TO_FLOAT, -2, 2, Expr::atan),
              unary("sinh", INT_TO_FLOAT, -2, 2, Expr::sinh),
              unary("cosh", INT_TO_FLOAT, -2, 2, Expr::cosh),
              unary("tanh", INT_TO_FLOAT, -2, 2, Expr::tanh),
              unary("asinh", INT_TO_FLOAT, -2, 2, Expr::asinh),
              operators(ACOSH, 1.3, 3),
              unary("atanh", INT_TO_FLOAT, -0.8, 0.8, Expr::atanh),
              unary("erf", INT_TO_FLOAT, -1.5, 1.5, Expr::erf),
              unary("erfc", INT_TO_FLOAT, -1.5, 1.5, Expr::erfc),
              unary("erfinv", INT_TO_FLOAT, -0.8, 0.8, Expr::erfinv))
          .flatMap(List::stream)
          .toList();

  private Elementary() {}

  /** An operator and its in-place form. */
  private static List<Operator> unary(
      String name, Promotion promotion, double low, double high, UnaryOperator<Expr> formula) {
    return operators(PointwiseFunction.unary(name, promotion, formula), low, high);
  }

  private static List<Operator> operators(PointwiseFunction function, double low, double high) {
    return List.of(
        Operator.unary(function).samples(s -> Samples.unary(s, low, high)),
        Operator.unaryInPlace(function));
  }

  /** A rounding, which leaves integers as they are. */
  private static List<Operator> rounding(String name, UnaryOperator<Expr> formula) {
    UnaryOperator<Expr> ofNumbers = x -> x.type().isFloatingPoint() ? formula.apply(x) : x;
    PointwiseFunction function =
        PointwiseFunction.unary(name, PROMOTE, ofNumbers)
            .checking(Refusals.ofBool(name + "_vml_cpu"));
    return operators(function, 0.1, 0.9).stream().map(Operator::flat).toList();
  }

  /** The same of one whose derivative is zero wherever it exists. */
  private static List<Operator> flat(String name, UnaryOperator<Expr> formula) {
    return unary(name, PROMOTE, 0.1, 0.9, formula).stream().map(Operator::flat).toList();
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
