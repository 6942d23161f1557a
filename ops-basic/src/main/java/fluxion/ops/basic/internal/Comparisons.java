package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Promotion.BOOL_RESULT;

import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.PointwiseFunction;
import java.util.List;
import java.util.function.BinaryOperator;

/** Comparisons of two tensors, or of a tensor and a number, a line each. */
final class Comparisons {
  static final PointwiseFunction NE = comparison("ne", Expr::ne);

  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.hasBoth("eq")) t.add(operators(comparison("eq", Expr::eq)));
      if (t.hasBoth("ne")) t.add(operators(NE));
      if (t.hasBoth("lt")) t.add(operators(comparison("lt", Expr::lt)));
      if (t.hasBoth("le")) t.add(operators(comparison("le", Expr::le)));
      if (t.hasBoth("gt")) t.add(operators(comparison("gt", Expr::gt)));
      if (t.hasBoth("ge")) t.add(operators(comparison("ge", Expr::ge)));
    }
  }

  private Comparisons() {}

  private static PointwiseFunction comparison(String name, BinaryOperator<Expr> formula) {
    return PointwiseFunction.binary(name, BOOL_RESULT, formula);
  }

  private static List<Operator> operators(PointwiseFunction function) {
    return List.of(
        Operator.binary(function).samples(s -> Samples.binary(s, -2, 2, -2, 2)).notDifferentiable(),
        Operator.binaryInPlace(function).flat());
  }
}
