package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Promotion.BOOL_RESULT;

import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.PointwiseFunction;
import java.util.function.BinaryOperator;

/** Comparisons of two tensors, or of a tensor and a number, a line each. */
final class Comparisons {
  static final PointwiseFunction NE = comparison("ne", Expr::ne);

  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("eq")) t.add(operator(comparison("eq", Expr::eq)));
      if (t.has("ne")) t.add(operator(NE));
      if (t.has("lt")) t.add(operator(comparison("lt", Expr::lt)));
      if (t.has("le")) t.add(operator(comparison("le", Expr::le)));
      if (t.has("gt")) t.add(operator(comparison("gt", Expr::gt)));
      if (t.has("ge")) t.add(operator(comparison("ge", Expr::ge)));
    }
  }

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
