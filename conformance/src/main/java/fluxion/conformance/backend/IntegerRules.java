package fluxion.conformance.backend;

import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.conformance.suite.Cases;
import fluxion.conformance.suite.TestOf;
import fluxion.conformance.suite.Trial;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import java.math.BigInteger;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BinaryOperator;

/** Rules about the operations on integers and truth values, and about casts in kernels. */
final class IntegerRules {
  private static final int QUICK = 3000;
  private static final int FULL = 100_000;

  private IntegerRules() {}

  /** What an operation is on integers of unlimited size; its result is wrapped. */
  @FunctionalInterface
  private interface Exact {
    BigInteger of(long a, long b, DType dtype);
  }

  private static BigInteger big(long value) {
    return BigInteger.valueOf(value);
  }

  private static BigInteger truth(boolean value) {
    return value ? BigInteger.ONE : BigInteger.ZERO;
  }

  /** Pairs of integers: all pairs of special ones, then random ones of all sizes. */
  private static Values[] pairs(DType dtype, Trial trial) {
    long least = DTypes.least(dtype);
    long greatest = DTypes.greatest(dtype);
    long[] specials = {
      0,
      1,
      2,
      3,
      7,
      8,
      31,
      63,
      64,
      -1,
      -2,
      -3,
      least,
      least + 1,
      greatest,
      greatest - 1,
      greatest / 2
    };
    int all = specials.length * specials.length;
    int n = all + (trial.settings().isQuick() ? QUICK : FULL);
    SplittableRandom random = trial.random();
    Values a = new Values(dtype, Shape.of(n));
    Values b = new Values(dtype, Shape.of(n));
    for (int i = 0; i < n; i++) {
      a.setWhole(i, i < all ? specials[i / specials.length] : wide(random));
      b.setWhole(i, i < all ? specials[i % specials.length] : wide(random));
    }
    return new Values[] {a, b};
  }

  private static long wide(SplittableRandom random) {
    return random.nextLong() >> random.nextInt(64);
  }

  private static void binary(
      BackendSubject subject,
      Cases cases,
      List<DType> dtypes,
      String name,
      BinaryOperator<Expr> formula,
      Exact exact) {
    subject.each(
        cases,
        dtypes,
        " " + name,
        (bench, dtype, trial) -> {
          Values[] given = pairs(dtype, trial);
          Expr result = formula.apply(Expr.input(0, dtype), Expr.input(1, dtype));
          Kernel kernel = Kernel.of(result);
          Values found =
              kernel.inputCount() == 1
                  ? bench.pointwise(kernel, given[0])
                  : bench.pointwise(kernel, given);
          for (int i = 0; i < found.size(); i++) {
            BigInteger whole = exact.of(given[0].whole(i), given[1].whole(i), dtype);
            long expected = Numbers.wrap(result.type(), whole.longValue());
            if (expected != found.whole(i)) {
              throw new AssertionError(
                  "%s(%s%s) in %s: expected %d, found %s"
                      .formatted(
                          name,
                          given[0].text(i),
                          kernel.inputCount() == 1 ? "" : ", " + given[1].text(i),
                          dtype.shortName(),
                          expected,
                          found.text(i)));
            }
          }
        });
  }

  @TestOf("B-231")
  static void b231_integer_arithmetic_wraps(BackendSubject subject, Cases cases) {
    List<DType> dtypes = DTypes.INTEGERS;
    binary(subject, cases, dtypes, "add", Expr::add, (a, b, t) -> big(a).add(big(b)));
    binary(subject, cases, dtypes, "sub", Expr::sub, (a, b, t) -> big(a).subtract(big(b)));
    binary(subject, cases, dtypes, "mul", Expr::mul, (a, b, t) -> big(a).multiply(big(b)));
    binary(subject, cases, dtypes, "neg", (x, y) -> x.neg(), (a, b, t) -> big(a).negate());
    binary(subject, cases, dtypes, "abs", (x, y) -> x.abs(), (a, b, t) -> big(a).abs());
    binary(subject, cases, dtypes, "sign", (x, y) -> x.sign(), (a, b, t) -> big(Long.signum(a)));
    binary(subject, cases, dtypes, "min", Expr::min, (a, b, t) -> big(a).min(big(b)));
    binary(subject, cases, dtypes, "max", Expr::max, (a, b, t) -> big(a).max(big(b)));
  }

  @TestOf("B-232")
  static void b232_integer_division_cuts_towards_zero_and_gives_0_for_0(
      BackendSubject subject, Cases cases) {
    List<DType> dtypes = DTypes.INTEGERS;
    binary(
        subject,
        cases,
        dtypes,
        "div",
        Expr::div,
        (a, b, t) -> b == 0 ? BigInteger.ZERO : big(a).divide(big(b)));
    binary(
        subject,
        cases,
        dtypes,
        "fmod",
        Expr::fmod,
        (a, b, t) -> b == 0 ? BigInteger.ZERO : big(a).remainder(big(b)));
    binary(
        subject,
        cases,
        dtypes,
        "remainder",
        Expr::remainder,
        (a, b, t) -> {
          if (b == 0) {
            return BigInteger.ZERO;
          }
          BigInteger rest = big(a).remainder(big(b));
          return rest.signum() * Long.signum(b) < 0 ? rest.add(big(b)) : rest;
        });
  }

  @TestOf("B-233")
  static void b233_integer_powers_wrap(BackendSubject subject, Cases cases) {
    binary(
        subject,
        cases,
        DTypes.INTEGERS,
        "pow",
        Expr::pow,
        (a, b, t) -> {
          if (b >= 0) {
            return big(a).modPow(big(b), BigInteger.ONE.shiftLeft(64));
          }
          return a == 1 ? BigInteger.ONE : a == -1 ? big(b % 2 == 0 ? 1 : -1) : BigInteger.ZERO;
        });
  }

  @TestOf("B-234")
  static void b234_bits_and_shifts_are_those_of_the_width(BackendSubject subject, Cases cases) {
    List<DType> dtypes = DTypes.INTEGERS;
    binary(subject, cases, dtypes, "and", Expr::and, (a, b, t) -> big(a & b));
    binary(subject, cases, dtypes, "or", Expr::or, (a, b, t) -> big(a | b));
    binary(subject, cases, dtypes, "xor", Expr::xor, (a, b, t) -> big(a ^ b));
    binary(subject, cases, dtypes, "not", (x, y) -> x.not(), (a, b, t) -> big(~a));
    binary(
        subject,
        cases,
        dtypes,
        "shl",
        Expr::shl,
        (a, b, t) -> b < 0 || b >= 8L * t.bytes() ? BigInteger.ZERO : big(a).shiftLeft((int) b));
    binary(
        subject,
        cases,
        dtypes,
        "shr",
        Expr::shr,
        (a, b, t) ->
            b < 0 || b >= 8L * t.bytes() ? big(a < 0 ? -1 : 0) : big(a).shiftRight((int) b));
  }

  @TestOf("B-235")
  static void b235_integers_and_truth_values_compare_exactly(BackendSubject subject, Cases cases) {
    List<DType> dtypes =
        List.of(DType.BOOL, DType.UINT8, DType.INT8, DType.INT16, DType.INT32, DType.INT64);
    binary(subject, cases, dtypes, "eq", Expr::eq, (a, b, t) -> truth(a == b));
    binary(subject, cases, dtypes, "ne", Expr::ne, (a, b, t) -> truth(a != b));
    binary(subject, cases, dtypes, "lt", Expr::lt, (a, b, t) -> truth(a < b));
    binary(subject, cases, dtypes, "le", Expr::le, (a, b, t) -> truth(a <= b));
    binary(subject, cases, dtypes, "gt", Expr::gt, (a, b, t) -> truth(a > b));
    binary(subject, cases, dtypes, "ge", Expr::ge, (a, b, t) -> truth(a >= b));
    binary(
        subject,
        cases,
        dtypes,
        "select",
        (x, y) -> Expr.select(x.lt(y), y, x),
        (a, b, t) -> big(Math.max(a, b)));
  }

  @TestOf("B-236")
  static void b236_truth_values_are_stored_as_0_and_1(BackendSubject subject, Cases cases) {
    List<DType> dtypes = List.of(DType.BOOL);
    binary(subject, cases, dtypes, "and", Expr::and, (a, b, t) -> truth(a != 0 && b != 0));
    binary(subject, cases, dtypes, "or", Expr::or, (a, b, t) -> truth(a != 0 || b != 0));
    binary(subject, cases, dtypes, "xor", Expr::xor, (a, b, t) -> truth(a != b));
    binary(subject, cases, dtypes, "not", (x, y) -> x.not(), (a, b, t) -> truth(a == 0));
    subject.each(
        cases,
        DTypes.COMPUTED,
        " cast to bool",
        (bench, dtype, trial) -> {
          Values given = Values.whole(dtype, Shape.of(100), i -> i % 3 == 0 ? 0 : i);
          Expr cast = Expr.input(0, dtype).cast(DType.BOOL);
          Expect.same(
              "a cast to bool", given.cast(DType.BOOL), bench.pointwise(Kernel.of(cast), given));
          Expect.same(
              "not of a cast to bool",
              Values.longs(DType.BOOL, given.shape(), i -> given.whole(i) == 0 ? 1 : 0),
              bench.pointwise(Kernel.of(cast.not()), given));
        });
  }

  @TestOf("B-237")
  static void b237_casts_in_kernels_are_those_of_copy(BackendSubject subject, Cases cases) {
    for (DType from : DTypes.ALL) {
      subject.each(
          cases,
          DTypes.ALL,
          " from " + from.shortName(),
          (bench, dtype, trial) -> {
            bench.require(from);
            Values given = Allowance.normals(trial, Samples.any(trial.random(), from, 4, 100));
            Expr cast = Expr.input(0, from).cast(dtype);
            Expect.same(
                "cast from " + from.shortName() + " in a kernel",
                given.cast(dtype),
                bench.pointwise(Kernel.of(cast), given));
          });
    }
  }

  @TestOf("B-238")
  static void b238_intermediate_values_round_to_their_dtype(BackendSubject subject, Cases cases) {
    subject.each(
        cases,
        DTypes.ALL,
        " between",
        (bench, dtype, trial) -> {
          bench.require(DType.FLOAT64);
          Values given = Samples.any(trial.random(), DType.FLOAT64, 2000);
          Expr there = Expr.input(0, DType.FLOAT64).cast(dtype);
          Expr back = there.cast(DType.FLOAT64);
          Expect.same(
              "float64 cast to " + dtype.shortName() + " and back",
              given.cast(dtype).cast(DType.FLOAT64),
              bench.pointwise(Kernel.of(back), given));
        });
    subject.each(
        cases,
        List.of(DType.UINT8, DType.INT8, DType.INT16, DType.INT32),
        " sum that wraps before it is divided",
        (bench, dtype, trial) -> {
          Values[] given = pairs(dtype, trial);
          Expr sum = Expr.input(0, dtype).add(Expr.input(1, dtype));
          Values expected =
              Values.longs(
                  dtype,
                  given[0].shape(),
                  i -> Numbers.wrap(dtype, given[0].whole(i) + given[1].whole(i)) / 2);
          Expect.same("(x0 + x1) / 2", expected, bench.pointwise(Kernel.of(sum.div(2L)), given));
        });
  }

  @TestOf("B-239")
  static void b239_16_bit_floats_are_computed_in_float32(BackendSubject subject, Cases cases) {
    subject.each(
        cases,
        DTypes.HALVES,
        (bench, dtype, trial) -> {
          Values any = Samples.any(trial.random(), dtype, 3000);
          // where subnormal numbers may become zeros, none so small that a product is one
          double least = Allowance.flushes(trial, DType.FLOAT32) ? 1e-30 : 0;
          Values a =
              Values.floats(
                  dtype, any.shape(), i -> Math.abs(any.real(i)) < least ? 0 : any.real(i));
          SplittableRandom random = trial.random();
          Values b = Values.floats(dtype, a.shape(), i -> random.nextDouble(-3, 3));
          Expr x = Expr.input(0, dtype).cast(DType.FLOAT32);
          Expr y = Expr.input(1, dtype).cast(DType.FLOAT32);
          Expr formula = x.mul(y).add(x).cast(dtype);
          Values expected =
              Values.floats(
                  dtype, a.shape(), i -> (float) a.real(i) * (float) b.real(i) + (float) a.real(i));
          Expect.same(
              "x0 * x1 + x0 in float32, stored as " + dtype.shortName(),
              expected,
              bench.pointwise(Kernel.of(formula), a, b));
        });
  }
}
