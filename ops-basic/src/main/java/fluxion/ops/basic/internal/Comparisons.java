package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Promotion.BOOL_RESULT;

import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.PointwiseFunction;
import java.util.List;
import java.util.function.BinaryOperator;

/** Comparisons of two tensors, or of a tensor and a number, a line each. */
final class Comparisons {
  static final PointwiseFunction NE = comparison("ne", Expr::ne);

  static final List<Operator> OPERATORS =
      List.of(
          operator(comparison("eq", Expr::eq)),
          operator(NE),
          operator(comparison("lt", Expr::lt)),
          operator(comparison("le", Expr::le)),
          operator(comparison("gt", Expr::gt)),
          operator(comparison("ge", Expr::ge)));

  private Comparisons() {}

  private static PointwiseFunction comparison(String name, BinaryOperator<Expr> formula) {
    return PointwiseFunction.binary(name, BOOL_RESULT, formula);
  }

  private static Operator operator(PointwiseFunction function) {
    return Operator.binary(function)
        .samples(s -> Samples.binary(s, -2, 2, -2, 2))
        .notDifferentiable();
  }
}
