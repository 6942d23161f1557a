package fluxion.conformance.backend;

import static java.lang.Double.NEGATIVE_INFINITY;
import static java.lang.Double.NaN;
import static java.lang.Double.POSITIVE_INFINITY;

import fluxion.api.DType;
import fluxion.conformance.suite.Cases;
import fluxion.conformance.suite.TestOf;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** Rules about what elementary functions are at zeros, infinities, NaN and poles. */
final class SpecialValueRules {
  private static final double INF = POSITIVE_INFINITY;

  private SpecialValueRules() {}

  /** A function with arguments and values in turn. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Table(String name, UnaryOperator<Expr> function, double... pairs) {}

  private static final List<Table> TABLES =
      List.of(
          new Table("exp", Expr::exp, 0, 1, -0.0, 1, INF, INF, -INF, 0, 1e5, INF, -1e5, 0),
          new Table("exp2", Expr::exp2, 0, 1, 3, 8, -1, 0.5, INF, INF, -INF, 0, 1e5, INF, -1e5, 0),
          new Table("expm1", Expr::expm1, 0, 0, -0.0, -0.0, INF, INF, -INF, -1, 1e5, INF, -1e5, -1),
          new Table("log", Expr::log, 1, 0, 0, -INF, -0.0, -INF, INF, INF, -1, NaN, -INF, NaN),
          new Table("log2", Expr::log2, 1, 0, 8, 3, 0.25, -2, 0, -INF, INF, INF, -1, NaN),
          new Table("log10", Expr::log10, 1, 0, 0, -INF, -0.0, -INF, INF, INF, -1, NaN),
          new Table("log1p", Expr::log1p, 0, 0, -0.0, -0.0, -1, -INF, INF, INF, -2, NaN),
          new Table("sqrt", Expr::sqrt, 0, 0, -0.0, -0.0, 4, 2, INF, INF, -1, NaN, -INF, NaN),
          new Table("rsqrt", Expr::rsqrt, 4, 0.5, 0, INF, INF, 0, -1, NaN),
          new Table(
              "reciprocal", Expr::reciprocal, 4, 0.25, 0, INF, -0.0, -INF, INF, 0, -INF, -0.0),
          new Table("sin", Expr::sin, 0, 0, -0.0, -0.0, INF, NaN, -INF, NaN),
          new Table("cos", Expr::cos, 0, 1, -0.0, 1, INF, NaN, -INF, NaN),
          new Table("tan", Expr::tan, 0, 0, -0.0, -0.0, INF, NaN, -INF, NaN),
          new Table("asin", Expr::asin, 0, 0, -0.0, -0.0, 1.5, NaN, -2, NaN, INF, NaN),
          new Table("acos", Expr::acos, 1, 0, 1.5, NaN, -2, NaN, INF, NaN),
          new Table("atan", Expr::atan, 0, 0, -0.0, -0.0),
          new Table("sinh", Expr::sinh, 0, 0, -0.0, -0.0, INF, INF, -INF, -INF, 1e5, INF),
          new Table("cosh", Expr::cosh, 0, 1, -0.0, 1, INF, INF, -INF, INF, -1e5, INF),
          new Table("tanh", Expr::tanh, 0, 0, -0.0, -0.0, INF, 1, -INF, -1, 1e5, 1),
          new Table("asinh", Expr::asinh, 0, 0, -0.0, -0.0, INF, INF, -INF, -INF),
          new Table("acosh", Expr::acosh, 1, 0, INF, INF, 0.5, NaN, -2, NaN, -INF, NaN),
          new Table("atanh", Expr::atanh, 0, 0, -0.0, -0.0, 1, INF, -1, -INF, 1.5, NaN, -INF, NaN),
          new Table("erf", Expr::erf, 0, 0, -0.0, -0.0, INF, 1, -INF, -1, 30, 1),
          new Table("erfc", Expr::erfc, 0, 1, -0.0, 1, INF, 0, -INF, 2, 30, 0, -30, 2),
          new Table("erfinv", Expr::erfinv, 0, 0, -0.0, -0.0, 1, INF, -1, -INF, 1.5, NaN),
          new Table("lgamma", Expr::lgamma, 1, 0, 2, 0, 0, INF, -1, INF, -3, INF, INF, INF),
          new Table("digamma", Expr::digamma, 0, -INF, -0.0, INF, -1, NaN, -4, NaN, INF, INF),
          new Table("sigmoid", Expr::sigmoid, 0, 0.5, -0.0, 0.5, INF, 1, -INF, 0, 1e5, 1, -1e5, 0),
          new Table("softplus", Expr::softplus, INF, INF, -INF, 0, 1e5, 1e5, -1e5, 0),
          new Table("logsigmoid", Expr::logsigmoid, -INF, -INF, -1e5, -1e5));

  @TestOf("B-241")
  static void b241_functions_have_their_limits_at_special_values(
      BackendSubject subject, Cases cases) {
    for (Table table : TABLES) {
      subject.each(
          cases,
          DTypes.FLOATS,
          " " + table.name(),
          (bench, dtype, trial) -> {
            int n = table.pairs().length / 2;
            double[] given = new double[n + 1];
            double[] expected = new double[n + 1];
            for (int i = 0; i < n; i++) {
              given[i] = table.pairs()[2 * i];
              expected[i] = table.pairs()[2 * i + 1];
            }
            given[n] = NaN;
            expected[n] = NaN;
            Values x = Values.floats(dtype, given);
            Values found =
                bench.pointwise(Kernel.of(table.function().apply(Expr.input(0, dtype))), x);
            for (int i = 0; i <= n; i++) {
              require(
                  "%s(%s)".formatted(table.name(), x.text(i)), dtype, expected[i], found.real(i));
            }
          });
    }
  }

  private static void require(String what, DType dtype, double expected, double found) {
    double rounded = Numbers.round(dtype, expected);
    if (Double.compare(rounded, found) != 0) {
      throw new AssertionError(
          "%s in %s: expected %s, found %s".formatted(what, dtype.shortName(), rounded, found));
    }
  }

  /** A function of two with arguments and values in turn. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Table2(String name, BinaryOperator<Expr> function, double... triples) {}

  private static final List<Table2> TABLES_2 =
      List.of(
          new Table2(
              "pow", Expr::pow, 2, 3, 8, 2, -1, 0.5, -2, 3, -8, 1, NaN, 1, NaN, 0, 1, NaN, -0.0, 1,
              0, 0, 1, INF, 0, 1, -1, INF, 1, -1, -INF, 1, -8, 1.0 / 3, NaN, 0, -1, INF, -0.0, -1,
              -INF, -0.0, -2, INF, 0, 2, 0, -0.0, 3, -0.0, 0.5, INF, 0, 2, INF, INF, 0.5, -INF, INF,
              2, -INF, 0, INF, 2, INF, INF, -1, 0, -INF, 3, -INF, -INF, 2, INF, -INF, -3, -0.0, NaN,
              2, NaN, 2, NaN, NaN),
          new Table2(
              "atan2",
              Expr::atan2,
              0,
              1,
              0,
              -0.0,
              1,
              -0.0,
              0,
              0,
              0,
              -0.0,
              0,
              -0.0,
              1,
              INF,
              0,
              -1,
              INF,
              -0.0,
              NaN,
              1,
              NaN,
              1,
              NaN,
              NaN),
          new Table2(
              "hypot",
              Expr::hypot,
              3,
              4,
              5,
              0,
              0,
              0,
              -0.0,
              -0.0,
              0,
              INF,
              NaN,
              INF,
              NaN,
              -INF,
              INF,
              INF,
              1,
              INF,
              NaN,
              1,
              NaN,
              0,
              -7,
              7),
          new Table2(
              "xlogy",
              Expr::xlogy,
              0,
              0,
              0,
              0,
              INF,
              0,
              0,
              -1,
              0,
              0,
              NaN,
              NaN,
              2,
              1,
              0,
              1,
              0,
              -INF,
              1,
              INF,
              INF,
              1,
              -1,
              NaN,
              NaN,
              1,
              NaN));

  @TestOf("B-242")
  static void b242_functions_of_two_have_their_limits_at_special_values(
      BackendSubject subject, Cases cases) {
    for (Table2 table : TABLES_2) {
      subject.each(
          cases,
          DTypes.FLOATS,
          " " + table.name(),
          (bench, dtype, trial) -> {
            int n = table.triples().length / 3;
            double[] first = new double[n];
            double[] second = new double[n];
            for (int i = 0; i < n; i++) {
              first[i] = table.triples()[3 * i];
              second[i] = table.triples()[3 * i + 1];
            }
            Values x = Values.floats(dtype, first);
            Values y = Values.floats(dtype, second);
            Expr formula = table.function().apply(Expr.input(0, dtype), Expr.input(1, dtype));
            Values found = bench.pointwise(Kernel.of(formula), x, y);
            for (int i = 0; i < n; i++) {
              require(
                  "%s(%s, %s)".formatted(table.name(), x.text(i), y.text(i)),
                  dtype,
                  table.triples()[3 * i + 2],
                  found.real(i));
            }
          });
    }
  }

  @TestOf("B-243")
  static void b243_polygamma_is_infinite_at_its_poles(BackendSubject subject, Cases cases) {
    subject.each(
        cases,
        DTypes.FLOATS,
        (bench, dtype, trial) -> {
          Values x = Values.floats(dtype, 0, -0.0, -1, -5, NaN);
          for (int order = 1; order <= 4; order++) {
            Values found = bench.pointwise(Kernel.of(Expr.input(0, dtype).polygamma(order)), x);
            double pole = order % 2 == 1 ? INF : NEGATIVE_INFINITY;
            for (int i = 0; i < x.size(); i++) {
              require(
                  "polygamma(%d, %s)".formatted(order, x.text(i)),
                  dtype,
                  Double.isNaN(x.real(i)) ? NaN : pole,
                  found.real(i));
            }
          }
        });
  }
}
