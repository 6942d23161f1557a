package fluxion.conformance.backend;

import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.conformance.suite.Cases;
import fluxion.conformance.suite.TestOf;
import fluxion.conformance.suite.Trial;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.ExprOp;
import fluxion.engine.spi.Kernel;
import java.util.Arrays;
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
  static Values[] pairs(DType dtype, Trial trial) {
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
  static Values[] normals(DType dtype, Trial trial) {
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

  static void binary(
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

  static void unary(
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
