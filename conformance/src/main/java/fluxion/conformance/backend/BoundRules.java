package fluxion.conformance.backend;

import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.conformance.budget.Budget;
import fluxion.conformance.budget.Budgets;
import fluxion.conformance.budget.Interval;
import fluxion.conformance.reference.Exact;
import fluxion.conformance.reference.Precise;
import fluxion.conformance.suite.Cases;
import fluxion.conformance.suite.TestOf;
import fluxion.conformance.suite.Trial;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.ExprOp;
import fluxion.engine.spi.Kernel;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;

/** Rules about the errors of elementary functions, against values known to 28 digits. */
final class BoundRules {
  private static final int QUICK = 300;
  private static final int FULL = 20_000;
  private static final int REPORTED = 2000;

  private BoundRules() {}

  /** A function of one float. */
  private record Unary(ExprOp op, UnaryOperator<Expr> function) {
    String name() {
      return op.shortName();
    }
  }

  private static final List<Unary> UNARY =
      List.of(
          new Unary(ExprOp.EXP, Expr::exp),
          new Unary(ExprOp.EXP2, Expr::exp2),
          new Unary(ExprOp.EXPM1, Expr::expm1),
          new Unary(ExprOp.LOG, Expr::log),
          new Unary(ExprOp.LOG2, Expr::log2),
          new Unary(ExprOp.LOG10, Expr::log10),
          new Unary(ExprOp.LOG1P, Expr::log1p),
          new Unary(ExprOp.RSQRT, Expr::rsqrt),
          new Unary(ExprOp.RECIPROCAL, Expr::reciprocal),
          new Unary(ExprOp.SIN, Expr::sin),
          new Unary(ExprOp.COS, Expr::cos),
          new Unary(ExprOp.TAN, Expr::tan),
          new Unary(ExprOp.ASIN, Expr::asin),
          new Unary(ExprOp.ACOS, Expr::acos),
          new Unary(ExprOp.ATAN, Expr::atan),
          new Unary(ExprOp.SINH, Expr::sinh),
          new Unary(ExprOp.COSH, Expr::cosh),
          new Unary(ExprOp.TANH, Expr::tanh),
          new Unary(ExprOp.ASINH, Expr::asinh),
          new Unary(ExprOp.ACOSH, Expr::acosh),
          new Unary(ExprOp.ATANH, Expr::atanh),
          new Unary(ExprOp.ERF, Expr::erf),
          new Unary(ExprOp.ERFC, Expr::erfc),
          new Unary(ExprOp.ERFINV, Expr::erfinv),
          new Unary(ExprOp.LGAMMA, Expr::lgamma),
          new Unary(ExprOp.DIGAMMA, Expr::digamma),
          new Unary(ExprOp.SIGMOID, Expr::sigmoid),
          new Unary(ExprOp.SOFTPLUS, Expr::softplus),
          new Unary(ExprOp.LOGSIGMOID, Expr::logsigmoid));

  /** A function of two floats. */
  private record Binary(ExprOp op, BinaryOperator<Expr> function) {}

  private static final List<Binary> BINARY =
      List.of(
          new Binary(ExprOp.POW, Expr::pow),
          new Binary(ExprOp.ATAN2, Expr::atan2),
          new Binary(ExprOp.XLOGY, Expr::xlogy),
          new Binary(ExprOp.HYPOT, Expr::hypot));

  /** Points about which functions change their form or their limits lie. */
  private static final double[] POINTS = {
    0,
    0.25,
    0.5,
    1,
    Math.PI / 4,
    Math.PI / 2,
    Math.PI,
    2 * Math.PI,
    1.4616321449683622,
    2,
    3,
    Math.log(2),
    9,
    20,
    38,
    88,
    88.722839,
    103.97,
    127,
    150,
    709.78,
    745.13,
    1000,
    1e5
  };

  private static Interval primary(Budget budget) {
    return budget.primary().isEmpty() ? Interval.ALL : budget.primary().getFirst();
  }

  private static Budget budget(ExprOp op, DType dtype, Trial trial) {
    return Budgets.load().of(op, dtype, trial.settings().profile());
  }

  /** Evaluates a function at points and holds each error to the budget. */
  private static void check(Bench bench, Trial trial, Unary unary, DType dtype, Values given) {
    Values found = bench.pointwise(Kernel.of(unary.function().apply(Expr.input(0, dtype))), given);
    Budget budget = budget(unary.op(), dtype, trial);
    for (int i = 0; i < given.size(); i++) {
      require(trial, budget, i, found.real(i), given.real(i));
    }
  }

  private static void require(Trial trial, Budget budget, int i, double found, double... args) {
    Precise exact = Exact.evaluate(budget.op(), 0, args);
    double error = budget.error(found, exact);
    if (i < REPORTED && Double.isFinite(error)) {
      trial.error(budget.op().shortName(), budget.dtype(), error, budget.ulps(args));
    }
    if (!budget.accepts(found, 0, args)) {
      String operands = args.length == 1 ? Double.toString(args[0]) : args[0] + ", " + args[1];
      throw new AssertionError(
          "%s(%s) in %s: expected %s, found %s, which is off by %.3g units in the last place;"
                  .formatted(
                      budget.op().shortName(),
                      operands,
                      budget.dtype().shortName(),
                      exact.round(budget.dtype()),
                      found,
                      error)
              + " profile %s allows %s".formatted(budget.profile(), budget.ulps(args)));
    }
  }

  /** Numbers of an interval: half of them evenly, half by their bits, so that all sizes occur. */
  private static Values within(SplittableRandom random, DType dtype, Interval range, int n) {
    double greatest = DTypes.greatestFinite(dtype);
    double low = Math.max(range.low(), -greatest);
    double high = Math.min(range.high(), greatest);
    return Values.floats(
        dtype,
        Shape.of(n),
        i -> {
          if (i % 2 == 0) {
            double from = Math.max(low, -100);
            double to = Math.min(high, 100);
            return from < to ? random.nextDouble(from, to) : low;
          }
          double value;
          do {
            value = anySize(random, dtype);
          } while (!(value >= low && value <= high));
          return value;
        });
  }

  private static double anySize(SplittableRandom random, DType dtype) {
    return dtype == DType.FLOAT64
        ? Double.longBitsToDouble(random.nextLong())
        : Float.intBitsToFloat(random.nextInt());
  }

  private static void each(
      BackendSubject subject, Cases cases, List<DType> dtypes, String words, Points points) {
    for (Unary unary : UNARY) {
      subject.each(
          cases,
          dtypes,
          " " + unary.name() + words,
          (bench, dtype, trial) -> {
            int n = trial.settings().isQuick() ? QUICK : FULL;
            Budget budget = budget(unary.op(), dtype, trial);
            check(bench, trial, unary, dtype, points.of(trial.random(), dtype, budget, n));
          });
    }
  }

  /** Where functions are tried. */
  @FunctionalInterface
  private interface Points {
    Values of(SplittableRandom random, DType dtype, Budget budget, int n);
  }

  @TestOf("B-301")
  static void b301_functions_hold_their_bound_in_their_primary_range(
      BackendSubject subject, Cases cases) {
    each(
        subject,
        cases,
        DTypes.FLOATS,
        "",
        (random, dtype, budget, n) -> within(random, dtype, primary(budget), n));
  }

  @TestOf("B-302")
  static void b302_functions_hold_their_bound_elsewhere(BackendSubject subject, Cases cases) {
    each(
        subject,
        cases,
        DTypes.FLOATS,
        "",
        (random, dtype, budget, n) -> {
          Interval primary = primary(budget);
          return Values.floats(
              dtype,
              Shape.of(n),
              i -> {
                for (int attempt = 0; attempt < 200; attempt++) {
                  double value =
                      attempt % 2 == 0 ? random.nextDouble(-800, 800) : anySize(random, dtype);
                  if (!primary.contains(Numbers.round(dtype, value))) {
                    return value;
                  }
                }
                return Double.NaN; // the primary range is everything
              });
        });
  }

  @TestOf("B-303")
  static void b303_functions_hold_their_bound_near_special_points(
      BackendSubject subject, Cases cases) {
    each(
        subject,
        cases,
        DTypes.FLOATS,
        "",
        (random, dtype, budget, n) ->
            Values.floats(
                dtype,
                Shape.of(16L * POINTS.length),
                i -> {
                  double point = Numbers.round(dtype, POINTS[i / 16]);
                  int steps = i % 8 - 4;
                  // next to the point, and at growing distances from it
                  double near =
                      i % 16 < 8
                          ? point + steps * unit(dtype, point)
                          : point + Math.copySign(Math.scalb(1.0, -5 * Math.abs(steps)), steps);
                  return random.nextBoolean() ? near : -near;
                }));
  }

  private static double unit(DType dtype, double value) {
    return dtype == DType.FLOAT64 ? Math.ulp(value) : Math.ulp((float) value);
  }

  @TestOf("B-304")
  static void b304_functions_hold_their_bound_for_subnormal_numbers(
      BackendSubject subject, Cases cases) {
    each(
        subject,
        cases,
        DTypes.FLOATS,
        "",
        (random, dtype, budget, n) ->
            Values.floats(
                dtype,
                Shape.of(60),
                i -> {
                  double size =
                      i < 20
                          ? (i + 1) * DTypes.leastPositive(dtype)
                          : random.nextDouble() * DTypes.leastNormal(dtype);
                  return i % 2 == 0 ? size : -size;
                }));
  }

  @TestOf("B-305")
  static void b305_functions_of_two_hold_their_bound(BackendSubject subject, Cases cases) {
    for (Binary binary : BINARY) {
      subject.each(
          cases,
          DTypes.FLOATS,
          " " + binary.op().shortName(),
          (bench, dtype, trial) -> {
            int n = trial.settings().isQuick() ? QUICK : FULL;
            SplittableRandom random = trial.random();
            DoubleUnaryOperator size =
                spread -> Math.scalb(random.nextDouble(-2, 2), random.nextInt((int) -spread, 8));
            Values a = Values.floats(dtype, Shape.of(n), i -> size.applyAsDouble(i % 3 * 30 + 1));
            Values b = Values.floats(dtype, Shape.of(n), i -> size.applyAsDouble(i % 5 * 20 + 1));
            Expr formula = binary.function().apply(Expr.input(0, dtype), Expr.input(1, dtype));
            Values found = bench.pointwise(Kernel.of(formula), a, b);
            Budget budget = budget(binary.op(), dtype, trial);
            for (int i = 0; i < n; i++) {
              require(trial, budget, i, found.real(i), a.real(i), b.real(i));
            }
          });
    }
  }

  @TestOf("B-306")
  static void b306_polygamma_holds_its_bound(BackendSubject subject, Cases cases) {
    for (int order : new int[] {1, 2, 3}) {
      subject.each(
          cases,
          DTypes.FLOATS,
          ", order " + order,
          (bench, dtype, trial) -> {
            int n = trial.settings().isQuick() ? 60 : 2000;
            SplittableRandom random = trial.random();
            Values given = Values.floats(dtype, Shape.of(n), i -> random.nextDouble(0.5, 60));
            Values found = bench.pointwise(Kernel.of(Expr.input(0, dtype).polygamma(order)), given);
            Budget budget = budget(ExprOp.POLYGAMMA, dtype, trial);
            for (int i = 0; i < n; i++) {
              if (!budget.accepts(found.real(i), order, given.real(i))) {
                throw new AssertionError(
                    "polygamma(%d, %s) in %s: expected %s, found %s"
                        .formatted(
                            order,
                            given.text(i),
                            dtype.shortName(),
                            Exact.evaluate(ExprOp.POLYGAMMA, order, given.real(i)).round(dtype),
                            found.text(i)));
              }
            }
          });
    }
  }

  @TestOf("B-307")
  static void b307_functions_of_16_bit_floats_round_once(BackendSubject subject, Cases cases) {
    for (Unary unary : UNARY.subList(0, 8)) {
      subject.each(
          cases,
          DTypes.HALVES,
          " " + unary.name(),
          (bench, dtype, trial) -> {
            SplittableRandom random = trial.random();
            Values given = Values.floats(dtype, Shape.of(QUICK), i -> random.nextDouble(0.01, 8));
            Expr x = Expr.input(0, dtype).cast(DType.FLOAT32);
            Values found = bench.pointwise(Kernel.of(unary.function().apply(x).cast(dtype)), given);
            Budget budget = budget(unary.op(), DType.FLOAT32, trial);
            for (int i = 0; i < given.size(); i++) {
              double exact = Exact.evaluate(unary.op(), 0, given.real(i)).round(DType.FLOAT64);
              double unit = Math.ulp((float) exact) * budget.ulps(given.real(i));
              double half =
                  Math.max(
                          Math.scalb(DTypes.epsilon(dtype), Math.getExponent(exact)),
                          DTypes.leastPositive(dtype))
                      / 2;
              Expect.near(
                  "%s(%s) in float32, stored as %s"
                      .formatted(unary.name(), given.text(i), dtype.shortName()),
                  exact,
                  found.real(i),
                  half + unit);
            }
          });
    }
  }
}
