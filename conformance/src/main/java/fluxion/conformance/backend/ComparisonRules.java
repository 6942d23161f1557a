package fluxion.conformance.backend;

import fluxion.conformance.suite.Cases;
import fluxion.conformance.suite.TestOf;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rules about comparisons of floats, and what is chosen by them. */
final class ComparisonRules {
  private ComparisonRules() {}

  @TestOf("B-215")
  static void b215_min_and_max_give_nan_and_order_zeros(BackendSubject subject, Cases cases) {
    ArithmeticRules.binary(subject, cases, "min", Expr::min, Math::min);
    ArithmeticRules.binary(subject, cases, "max", Expr::max, Math::max);
  }

  @TestOf("B-216")
  static void b216_fmin_and_fmax_lose_nan(BackendSubject subject, Cases cases) {
    subject.each(
        cases,
        DTypes.FLOATS,
        (bench, dtype, trial) -> {
          Values[] given = ArithmeticRules.normals(dtype, trial);
          for (boolean max : new boolean[] {false, true}) {
            Expr x = Expr.input(0, dtype);
            Expr y = Expr.input(1, dtype);
            Values found = bench.pointwise(Kernel.of(max ? x.fmax(y) : x.fmin(y)), given);
            for (int i = 0; i < found.size(); i++) {
              double a = given[0].real(i);
              double b = given[1].real(i);
              double other = max ? Math.max(a, b) : Math.min(a, b);
              double expected = Double.isNaN(a) ? b : Double.isNaN(b) ? a : other;
              // of zeros of either sign any may be given: they are equal
              if (Double.compare(expected, found.real(i)) != 0
                  && !(expected == 0 && found.real(i) == 0)) {
                throw new AssertionError(
                    "%s(%s, %s) in %s: expected %s, found %s"
                        .formatted(
                            max ? "fmax" : "fmin",
                            a,
                            b,
                            dtype.shortName(),
                            expected,
                            found.text(i)));
              }
            }
          }
        });
  }

  @TestOf("B-217")
  static void b217_comparisons_follow_ieee_754(BackendSubject subject, Cases cases) {
    ArithmeticRules.binary(subject, cases, "eq", Expr::eq, (a, b) -> a == b ? 1 : 0);
    ArithmeticRules.binary(subject, cases, "ne", Expr::ne, (a, b) -> a != b ? 1 : 0);
    ArithmeticRules.binary(subject, cases, "lt", Expr::lt, (a, b) -> a < b ? 1 : 0);
    ArithmeticRules.binary(subject, cases, "le", Expr::le, (a, b) -> a <= b ? 1 : 0);
    ArithmeticRules.binary(subject, cases, "gt", Expr::gt, (a, b) -> a > b ? 1 : 0);
    ArithmeticRules.binary(subject, cases, "ge", Expr::ge, (a, b) -> a >= b ? 1 : 0);
    ArithmeticRules.unary(subject, cases, "isnan", Expr::isnan, a -> Double.isNaN(a) ? 1 : 0);
    ArithmeticRules.unary(subject, cases, "isinf", Expr::isinf, a -> Double.isInfinite(a) ? 1 : 0);
    ArithmeticRules.unary(
        subject, cases, "isfinite", Expr::isfinite, a -> Double.isFinite(a) ? 1 : 0);
  }

  @TestOf("B-218")
  static void b218_select_shows_nothing_of_the_other_branch(BackendSubject subject, Cases cases) {
    subject.each(
        cases,
        DTypes.FLOATS,
        (bench, dtype, trial) -> {
          Values[] given = ArithmeticRules.normals(dtype, trial);
          Expr x = Expr.input(0, dtype);
          Expr y = Expr.input(1, dtype);
          Expr one = Expr.literal(dtype, 1.0);
          List<Expr> formulas = new ArrayList<>();
          // the branch that is not taken is NaN or infinite
          formulas.add(Expr.select(x.gt(0.0), x, x.div(0.0)));
          formulas.add(Expr.select(x.gt(0.0), x.div(0.0).sub(x.div(0.0)), x));
          formulas.add(Expr.select(x.lt(y), x, y));
          formulas.add(Expr.select(x.isnan(), one, x));
          for (Expr formula : formulas) {
            Kernel kernel = Kernel.of(formula);
            Values found = bench.pointwise(kernel, Arrays.copyOf(given, kernel.inputCount()));
            Values expected =
                Values.floats(
                    dtype,
                    given[0].shape(),
                    i -> {
                      double a = given[0].real(i);
                      double b = given[1].real(i);
                      return switch (formulas.indexOf(formula)) {
                        case 0 -> a > 0 ? a : a / 0;
                        case 1 -> a > 0 ? Double.NaN : a;
                        case 2 -> a < b ? a : b;
                        default -> Double.isNaN(a) ? 1 : a;
                      };
                    });
            Expect.same(formula.toString(), expected, found);
          }
        });
  }
}
