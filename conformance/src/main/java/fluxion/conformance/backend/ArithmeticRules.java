package fluxion.conformance.backend;

import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.conformance.suite.Cases;
import fluxion.conformance.suite.TestOf;
import fluxion.conformance.suite.Trial;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.ExprOp;
import fluxion.engine.spi.Kernel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;

/** Rules about the operations on floats whose results are exact or correctly rounded. */
final class ArithmeticRules {
  private static final int QUICK = 6000;
  private static final int FULL = 200_000;

  private ArithmeticRules() {}

  /** Pairs of floats: all pairs of special ones, then random ones of all sizes. */
  private static Values[] pairs(DType dtype, Trial trial) {
    double[] specials = specials(dtype);
    int n = specials.length * specials.length + (trial.settings().isQuick() ? QUICK : FULL);
    SplittableRandom random = trial.random();
    Values a = new Values(dtype, Shape.of(n));
    Values b = new Values(dtype, Shape.of(n));
    for (int i = 0; i < n; i++) {
      if (i < specials.length * specials.length) {
        a.setReal(i, specials[i / specials.length]);
        b.setReal(i, specials[i % specials.length]);
      } else {
        a.setReal(i, wide(random, dtype));
        // often of like size, so that sums cancel and quotients are near 1
        b.setReal(
            i,
            random.nextBoolean()
                ? wide(random, dtype)
                : a.real(i) * (random.nextInt(-4, 5) + random.nextDouble()));
      }
    }
    return new Values[] {a, b};
  }

  /** The pairs without subnormal operands where a device may take them for zeros. */
  private static Values[] normals(DType dtype, Trial trial) {
    Values[] given = pairs(dtype, trial);
    if (dtype == DType.FLOAT32) {
      Arrays.setAll(given, i -> Allowance.normals(trial, given[i]));
    }
    return given;
  }

  private static double wide(SplittableRandom random, DType dtype) {
    int bound = dtype == DType.FLOAT64 ? 1000 : 120;
    int range = random.nextInt(3) == 0 ? bound : 4;
    return Math.scalb(random.nextDouble(-2, 2), random.nextInt(-range, range + 1));
  }

  /** Numbers at which operations have rules of their own. */
  static double[] specials(DType dtype) {
    double least = DTypes.leastPositive(dtype);
    double normal = DTypes.leastNormal(dtype);
    double greatest = DTypes.greatestFinite(dtype);
    double[] positive = {
      0,
      1,
      0.5,
      1.5,
      2.5,
      3,
      least,
      normal,
      normal - least,
      greatest,
      greatest / 2,
      1 + DTypes.epsilon(dtype),
      Double.POSITIVE_INFINITY
    };
    double[] all = new double[2 * positive.length + 1];
    for (int i = 0; i < positive.length; i++) {
      all[2 * i] = positive[i];
      all[2 * i + 1] = -positive[i];
    }
    all[all.length - 1] = Double.NaN;
    return all;
  }

  private static void binary(
      BackendSubject subject,
      Cases cases,
      String name,
      BinaryOperator<Expr> formula,
      DoubleBinaryOperator exact) {
    subject.each(
        cases,
        DTypes.FLOATS,
        " " + name,
        (bench, dtype, trial) -> {
          Values[] given = pairs(dtype, trial);
          Expr result = formula.apply(Expr.input(0, dtype), Expr.input(1, dtype));
          Values found = bench.pointwise(Kernel.of(result), given);
          compare(trial, name, result.op(), given, exact, found);
        });
  }

  private static void compare(
      Trial trial,
      String name,
      ExprOp op,
      Values[] given,
      DoubleBinaryOperator exact,
      Values found) {
    DType dtype = given[0].dtype();
    Values expected = new Values(found.dtype(), given[0].shape());
    for (int i = 0; i < expected.size(); i++) {
      double value = exact.applyAsDouble(given[0].real(i), given[1].real(i));
      if (expected.isFloating()) {
        expected.setReal(i, value);
      } else {
        expected.setWhole(i, (long) value);
      }
      if (expected.key(i) != found.key(i)
          && !(dtype == DType.FLOAT32
              && Allowance.accepts(
                  trial, op, exact, found.real(i), given[0].real(i), given[1].real(i)))) {
        throw new AssertionError(
            "%s(%s, %s) in %s: expected %s, found %s"
                .formatted(
                    name,
                    given[0].text(i),
                    given[1].text(i),
                    dtype.shortName(),
                    expected.text(i),
                    found.text(i)));
      }
    }
  }

  private static void unary(
      BackendSubject subject,
      Cases cases,
      String name,
      UnaryOperator<Expr> formula,
      DoubleUnaryOperator exact) {
    subject.each(
        cases,
        DTypes.FLOATS,
        " " + name,
        (bench, dtype, trial) -> {
          Values given = pairs(dtype, trial)[0];
          Values more = more(given, dtype);
          Expr result = formula.apply(Expr.input(0, dtype));
          Values found = bench.pointwise(Kernel.of(result), more);
          Values expected = new Values(found.dtype(), more.shape());
          for (int i = 0; i < more.size(); i++) {
            double value = exact.applyAsDouble(more.real(i));
            if (expected.isFloating()) {
              expected.setReal(i, value);
            } else {
              expected.setWhole(i, (long) value);
            }
            if (expected.key(i) != found.key(i)
                && !(dtype == DType.FLOAT32
                    && Allowance.accepts(trial, result.op(), exact, found.real(i), more.real(i)))) {
              throw new AssertionError(
                  "%s(%s) in %s: expected %s, found %s"
                      .formatted(
                          name, more.text(i), dtype.shortName(), expected.text(i), found.text(i)));
            }
          }
        });
  }

  /** With whole and half numbers of all sizes in the first places. */
  private static Values more(Values given, DType dtype) {
    Values more = given.copy();
    int digits = dtype == DType.FLOAT64 ? 52 : 23;
    int specials = specials(dtype).length;
    int at = specials * specials;
    for (int e = 0; e < digits + 2; e++) {
      for (double half : new double[] {-0.5, 0, 0.5, 1}) {
        more.setReal(at++, Math.scalb(1.0, e) + half);
        more.setReal(at++, -Math.scalb(1.0, e) - half);
      }
    }
    for (int i = 0; i < 20; i++) {
      more.setReal(at++, i / 2.0 - 5);
    }
    return more;
  }

  @TestOf("B-212")
  static void b212_basic_arithmetic_is_correctly_rounded(BackendSubject subject, Cases cases) {
    // for float32 the double results are those of one rounding: 53 ≥ 2 · 24 + 2 digits
    binary(subject, cases, "add", Expr::add, (a, b) -> a + b);
    binary(subject, cases, "sub", Expr::sub, (a, b) -> a - b);
    binary(subject, cases, "mul", Expr::mul, (a, b) -> a * b);
    binary(subject, cases, "div", Expr::div, (a, b) -> a / b);
    unary(subject, cases, "sqrt", Expr::sqrt, Math::sqrt);
  }

  @TestOf("B-213")
  static void b213_a_fused_multiply_add_rounds_once(BackendSubject subject, Cases cases) {
    threeOperands(subject, cases, true);
  }

  @TestOf("B-214")
  static void b214_a_product_and_a_sum_are_never_contracted(BackendSubject subject, Cases cases) {
    threeOperands(subject, cases, false);
  }

  private static void threeOperands(BackendSubject subject, Cases cases, boolean fused) {
    subject.each(
        cases,
        DTypes.FLOATS,
        (bench, dtype, trial) -> {
          Values[] given = normals(dtype, trial);
          SplittableRandom random = trial.random();
          // summands that nearly cancel the product, where one rounding and two differ
          Values c =
              Values.floats(
                  dtype,
                  given[0].shape(),
                  i ->
                      random.nextInt(4) == 0
                          ? wide(random, dtype)
                          : -given[0].real(i)
                              * given[1].real(i)
                              * (1 + random.nextInt(-2, 3) * DTypes.epsilon(dtype)));
          Expr x = Expr.input(0, dtype);
          Expr y = Expr.input(1, dtype);
          Expr z = Expr.input(2, dtype);
          Expr formula = fused ? x.fma(y, z) : x.mul(y).add(z);
          boolean flushes = Allowance.flushes(trial, dtype);
          if (flushes) {
            for (int i = 0; i < c.size(); i++) {
              c.setReal(i, Allowance.flushed(c.real(i)));
            }
          }
          Values found = bench.pointwise(Kernel.of(formula), given[0], given[1], c);
          int apart = 0;
          for (int i = 0; i < found.size(); i++) {
            double once = once(dtype, given[0].real(i), given[1].real(i), c.real(i));
            double twice = twice(dtype, given[0].real(i), given[1].real(i), c.real(i));
            double expected = fused ? once : twice;
            apart += Double.compare(once, twice) != 0 ? 1 : 0;
            if (Double.compare(expected, found.real(i)) != 0
                && !(flushes && isFlushed(found.real(i), expected, fused, given, c, i))) {
              throw new AssertionError(
                  "%s of %s, %s and %s in %s: expected %s, found %s%s"
                      .formatted(
                          fused ? "fma" : "x0 * x1 + x2",
                          given[0].text(i),
                          given[1].text(i),
                          c.text(i),
                          dtype.shortName(),
                          expected,
                          found.text(i),
                          Double.compare(found.real(i), fused ? twice : once) == 0
                              ? fused
                                  ? ": it was rounded twice"
                                  : ": it was contracted to a fused multiply-add"
                              : ""));
            }
          }
          if (apart < 100) {
            throw new IllegalStateException("the samples do not tell fused from rounded twice");
          }
        });
  }

  /** Whether a result, or the product that is a part of it, was subnormal and taken for a zero. */
  private static boolean isFlushed(
      double found, double expected, boolean fused, Values[] given, Values c, int i) {
    float product = (float) given[0].real(i) * (float) given[1].real(i);
    float sum = (float) Allowance.flushed(product) + (float) c.real(i);
    return Allowance.isEither(found, expected, fused ? expected : sum);
  }

  private static double once(DType dtype, double a, double b, double c) {
    return dtype == DType.FLOAT64 ? Math.fma(a, b, c) : Math.fma((float) a, (float) b, (float) c);
  }

  private static double twice(DType dtype, double a, double b, double c) {
    return dtype == DType.FLOAT64 ? a * b + c : (float) a * (float) b + (float) c;
  }

  @TestOf("B-215")
  static void b215_min_and_max_give_nan_and_order_zeros(BackendSubject subject, Cases cases) {
    binary(subject, cases, "min", Expr::min, Math::min);
    binary(subject, cases, "max", Expr::max, Math::max);
  }

  @TestOf("B-216")
  static void b216_fmin_and_fmax_lose_nan(BackendSubject subject, Cases cases) {
    subject.each(
        cases,
        DTypes.FLOATS,
        (bench, dtype, trial) -> {
          Values[] given = normals(dtype, trial);
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
    binary(subject, cases, "eq", Expr::eq, (a, b) -> a == b ? 1 : 0);
    binary(subject, cases, "ne", Expr::ne, (a, b) -> a != b ? 1 : 0);
    binary(subject, cases, "lt", Expr::lt, (a, b) -> a < b ? 1 : 0);
    binary(subject, cases, "le", Expr::le, (a, b) -> a <= b ? 1 : 0);
    binary(subject, cases, "gt", Expr::gt, (a, b) -> a > b ? 1 : 0);
    binary(subject, cases, "ge", Expr::ge, (a, b) -> a >= b ? 1 : 0);
    unary(subject, cases, "isnan", Expr::isnan, a -> Double.isNaN(a) ? 1 : 0);
    unary(subject, cases, "isinf", Expr::isinf, a -> Double.isInfinite(a) ? 1 : 0);
    unary(subject, cases, "isfinite", Expr::isfinite, a -> Double.isFinite(a) ? 1 : 0);
  }

  @TestOf("B-218")
  static void b218_select_shows_nothing_of_the_other_branch(BackendSubject subject, Cases cases) {
    subject.each(
        cases,
        DTypes.FLOATS,
        (bench, dtype, trial) -> {
          Values[] given = normals(dtype, trial);
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

  @TestOf("B-219")
  static void b219_rounding_to_whole_numbers_is_exact(BackendSubject subject, Cases cases) {
    unary(subject, cases, "floor", Expr::floor, Math::floor);
    unary(subject, cases, "ceil", Expr::ceil, Math::ceil);
    unary(subject, cases, "round", Expr::round, Math::rint);
    unary(
        subject,
        cases,
        "trunc",
        Expr::trunc,
        a -> a < 0 || Double.compare(a, -0.0) == 0 ? Math.ceil(a) : Math.floor(a));
  }

  @TestOf("B-220")
  static void b220_signs_are_exact(BackendSubject subject, Cases cases) {
    unary(subject, cases, "neg", Expr::neg, a -> -a);
    unary(subject, cases, "abs", Expr::abs, Math::abs);
    binary(
        subject,
        cases,
        "copysign",
        // the sign of a NaN is left open, so it is not asked for
        (x, y) -> x.copysign(Expr.select(y.isnan(), Expr.literal(y.type(), -1.0), y)),
        (a, b) -> Math.copySign(a, Double.isNaN(b) ? -1 : b));
    subject.each(
        cases,
        DTypes.FLOATS,
        " sign",
        (bench, dtype, trial) -> {
          Values given =
              Values.floats(
                  dtype,
                  -3,
                  -DTypes.leastPositive(dtype),
                  0.0,
                  -0.0,
                  DTypes.leastPositive(dtype),
                  2,
                  Double.NEGATIVE_INFINITY,
                  Double.POSITIVE_INFINITY,
                  Double.NaN);
          Values found = bench.pointwise(Kernel.of(Expr.input(0, dtype).sign()), given);
          double[] expected = {-1, -1, 0, 0, 1, 1, -1, 1, 0};
          for (int i = 0; i < expected.length; i++) {
            boolean subnormal = Math.abs(given.real(i)) == DTypes.leastPositive(dtype);
            if (subnormal && Allowance.flushes(trial, dtype) && found.real(i) == 0) {
              continue;
            }
            Expect.near(
                "sign(%s) in %s".formatted(given.text(i), dtype.shortName()),
                expected[i],
                found.real(i),
                0);
          }
        });
  }

  @TestOf("B-221")
  static void b221_bits_come_and_go_unchanged(BackendSubject subject, Cases cases) {
    subject.each(
        cases,
        DTypes.FLOATS,
        (bench, dtype, trial) -> {
          DType word = dtype == DType.FLOAT64 ? DType.INT64 : DType.INT32;
          bench.require(word);
          Values given = pairs(dtype, trial)[0];
          for (int i = 0; i < given.size(); i++) {
            if (Double.isNaN(given.real(i))) {
              given.setReal(i, -7); // which NaN a NaN is, is left open
            }
          }
          Values bits =
              Values.longs(
                  word,
                  given.shape(),
                  i ->
                      dtype == DType.FLOAT64
                          ? Double.doubleToLongBits(given.real(i))
                          : Float.floatToIntBits((float) given.real(i)));
          Expect.same(
              "bits of " + dtype.shortName(),
              bits,
              bench.pointwise(Kernel.of(Expr.input(0, dtype).bits()), given));
          Expect.same(
              "fromBits", given, bench.pointwise(Kernel.of(Expr.input(0, word).fromBits()), bits));
        });
  }

  @TestOf("B-222")
  static void b222_remainders_of_floats_are_exact(BackendSubject subject, Cases cases) {
    binary(subject, cases, "fmod", Expr::fmod, (a, b) -> a % b);
    subject.each(
        cases,
        DTypes.FLOATS,
        " remainder",
        (bench, dtype, trial) -> {
          Values[] given = normals(dtype, trial);
          Expr formula = Expr.input(0, dtype).remainder(Expr.input(1, dtype));
          Values found = bench.pointwise(Kernel.of(formula), given);
          compare(
              trial,
              "remainder",
              ExprOp.REMAINDER,
              given,
              (a, b) -> {
                double rest = a % b;
                return rest != 0 && b < 0 != rest < 0 ? rest + b : rest;
              },
              found);
        });
  }

  @TestOf("B-223")
  static void b223_subnormal_numbers_are_kept(BackendSubject subject, Cases cases) {
    subject.each(
        cases,
        DTypes.FLOATS,
        (bench, dtype, trial) -> {
          double least = DTypes.leastPositive(dtype);
          double normal = DTypes.leastNormal(dtype);
          Values given =
              Values.floats(
                  dtype,
                  Shape.of(4000),
                  i ->
                      (i % 2 == 0 ? 1 : -1)
                          * (i < 50
                              ? (i + 1) * least
                              : trial.random().nextDouble() * normal / (i % 7 + 1)));
          Expr x = Expr.input(0, dtype);
          Values found = bench.pointwise(Kernel.of(x.add(Expr.input(1, dtype))), given, given);
          for (int i = 0; i < given.size(); i++) {
            double expected = 2 * given.real(i);
            boolean flushed =
                Allowance.flushes(trial, dtype)
                    && Double.compare(found.real(i), Math.copySign(0, expected)) == 0;
            if (found.real(i) != expected && !flushed) {
              throw new AssertionError(
                  "x + x for the subnormal x = %s in %s: expected %s, found %s%s"
                      .formatted(
                          given.text(i),
                          dtype.shortName(),
                          expected,
                          found.text(i),
                          found.real(i) == 0 ? ": it was flushed to zero" : ""));
            }
          }
        });
  }
}
