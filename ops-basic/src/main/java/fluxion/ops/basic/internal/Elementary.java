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
  static final List<Operator> OPERATORS =
      Stream.of(
              unary("neg", PROMOTE, -2, 2, Elementary::neg),
              unary("reciprocal", INT_TO_FLOAT, 0.5, 2, Expr::reciprocal),
              unary("exp", INT_TO_FLOAT, -2, 2, Expr::exp),
              unary("log", INT_TO_FLOAT, 0.2, 3, Expr::log),
              unary("sqrt", INT_TO_FLOAT, 0.2, 3, Expr::sqrt),
              unary("sin", INT_TO_FLOAT, -3, 3, Expr::sin),
              unary("tanh", INT_TO_FLOAT, -2, 2, Expr::tanh),
              unary("cos", INT_TO_FLOAT, -3, 3, Expr::cos))
          .flatMap(List::stream)
          .toList();

  private Elementary() {}

  /** An operator and its in-place form. */
  private static List<Operator> unary(
      String name, Promotion promotion, double low, double high, UnaryOperator<Expr> formula) {
    PointwiseFunction function = PointwiseFunction.unary(name, promotion, formula);
    return List.of(
        Operator.unary(function).samples(s -> Samples.unary(s, low, high)),
        Operator.unaryInPlace(function));
  }

  private static Expr neg(Expr x) {
    if (x.type() == DType.BOOL) {
      throw new DTypeException(
          "Negation, the `-` operator, on a bool tensor is not supported. If you are trying to"
              + " invert a mask, use the `~` or `logical_not()` operator instead.");
    }
    return x.neg();
  }
}
