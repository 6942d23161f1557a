package fluxion.conformance.backend;

import fluxion.api.DType;
import fluxion.conformance.suite.Cases;
import fluxion.conformance.suite.TestOf;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;

/** Rules about the parts of floats: whole numbers, signs and bits. */
final class RepresentationRules {
  private RepresentationRules() {}

  @TestOf("B-219")
  static void b219_rounding_to_whole_numbers_is_exact(BackendSubject subject, Cases cases) {
    ArithmeticRules.unary(subject, cases, "floor", Expr::floor, Math::floor);
    ArithmeticRules.unary(subject, cases, "ceil", Expr::ceil, Math::ceil);
    ArithmeticRules.unary(subject, cases, "round", Expr::round, Math::rint);
    ArithmeticRules.unary(
        subject,
        cases,
        "trunc",
        Expr::trunc,
        a -> a < 0 || Double.compare(a, -0.0) == 0 ? Math.ceil(a) : Math.floor(a));
  }

  @TestOf("B-220")
  static void b220_signs_are_exact(BackendSubject subject, Cases cases) {
    ArithmeticRules.unary(subject, cases, "neg", Expr::neg, a -> -a);
    ArithmeticRules.unary(subject, cases, "abs", Expr::abs, Math::abs);
    ArithmeticRules.binary(
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
          Values given = ArithmeticRules.pairs(dtype, trial)[0];
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
}
