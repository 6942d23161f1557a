package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;
import static fluxion.engine.spi.Promotion.INT_TO_FLOAT;
import static fluxion.engine.spi.Promotion.PROMOTE;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.Tensor;
import fluxion.api.spi.Call;
import fluxion.api.spi.ShapingCall;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Checks;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.Operator.Sample;
import fluxion.engine.spi.Operator.SampleSource;
import fluxion.engine.spi.PointwiseFunction;
import fluxion.engine.spi.SingularPoints;
import java.util.ArrayList;
import java.util.List;

/** Remainders, roundings to decimals and further functions of two tensors. */
final class Remainders {
  private static final PointwiseFunction REMAINDER =
      PointwiseFunction.binary("remainder", PROMOTE, Expr::remainder)
          .checking(Refusals.ofBool("remainder_cpu"));
  private static final PointwiseFunction FMOD =
      PointwiseFunction.binary("fmod", PROMOTE, Expr::fmod).checking(Refusals.ofBool("fmod_cpu"));

  private static final PointwiseFunction ROUND =
      PointwiseFunction.unary("round", PROMOTE, x -> x.type().isFloatingPoint() ? x.round() : x)
          .checking(Refusals.ofBool("round_vml_cpu"));
  private static final PointwiseFunction ROUND_FRACTION =
      PointwiseFunction.of("round", 1, 1, PROMOTE, (x, s) -> x[0].mul(s[0]).round().div(s[0]))
          .node("RoundBackward1")
          .gradient(0, (x, s, out, g) -> null);
  private static final PointwiseFunction ROUND_TENS =
      PointwiseFunction.of("round", 1, 1, PROMOTE, (x, s) -> x[0].div(s[0]).round().mul(s[0]))
          .node("RoundBackward1")
          .gradient(0, (x, s, out, g) -> null);

  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("remainder")) {
        t.add(
            division("remainder", Remainders::remainder, Remainders::remainder)
                .overload(
                    "(Scalar self, Tensor other)", Call.ScalarBinary.class, Remainders::remainder)
                .samples(
                    s -> {
                      List<Sample> all = new ArrayList<>(divisions(s));
                      all.add(sample(2.25, s.uniform(0.85, 1, 3)));
                      return all;
                    }));
      }
      if (t.has("fmod")) {
        t.add(division("fmod", Remainders::fmod, Remainders::fmod));
      }
      if (t.has("remainder_")) {
        t.add(inPlace("remainder_", REMAINDER));
      }
      if (t.has("fmod_")) {
        t.add(inPlace("fmod_", FMOD));
      }
      if (t.has("floor_divide_")) {
        t.add(
            named("floor_divide_")
                .overload(
                    "(Tensor self, Tensor other)",
                    Call.Binary.class,
                    (self, other) -> Arithmetic.divInPlace(self, other, "floor"))
                .overload(
                    "(Tensor self, Scalar other)",
                    Call.BinaryScalar.class,
                    (self, other) -> Arithmetic.divInPlace(self, other, "floor"))
                .flat());
      }
      if (t.has("floor_divide")) {
        t.add(
            named("floor_divide")
                .overload(
                    "(Tensor self, Tensor other)",
                    Call.Binary.class,
                    (self, other) -> Arithmetic.div(self, other, "floor"))
                .overload(
                    "(Tensor self, Scalar other)",
                    Call.BinaryScalar.class,
                    (self, other) -> Arithmetic.div(self, other, "floor"))
                .samples(s -> Samples.binary(s, 1.1, 1.9, 2.1, 2.9))
                .flat());
      }
      if (t.has("round")) {
        t.add(
            named("round")
                .overload("(Tensor self)", Call.Unary.class, ROUND::call)
                .overload(
                    "(Tensor self, *, int decimals)", ShapingCall.Decimals.class, Remainders::round)
                .samples(s -> Samples.unary(s, 0.1, 0.4))
                .flat());
      }
      if (t.has("round_")) {
        t.add(
            named("round_")
                .overload("(Tensor self)", Call.Unary.class, ROUND::callInPlace)
                .overload(
                    "(Tensor self, *, int decimals)",
                    ShapingCall.Decimals.class,
                    Remainders::roundInPlace)
                .flat());
      }
      if (t.hasBoth("atan2")) {
        t.add(tensors(PointwiseFunction.binary("atan2", INT_TO_FLOAT, Expr::atan2)));
      }
      if (t.hasBoth("hypot")) {
        t.add(tensors(PointwiseFunction.binary("hypot", PROMOTE, Expr::hypot)));
      }
    }
  }

  private Remainders() {}

  private static Operator division(String name, Call.Binary ofTensors, Call.BinaryScalar ofNumber) {
    return named(name)
        .overload("(Tensor self, Tensor other)", Call.Binary.class, ofTensors)
        .overload("(Tensor self, Scalar other)", Call.BinaryScalar.class, ofNumber)
        .samples(Remainders::divisions);
  }

  private static List<Sample> divisions(SampleSource s) {
    return List.of(
        sample(s.uniform(2.2, 2.35, 2, 3), s.uniform(0.8, 1.05, 2, 3)),
        sample(s.uniform(-2.35, -2.2, 2, 1), s.uniform(0.8, 1.05, 3)),
        sample(s.uniform(2.2, 2.8, 3), 1.0));
  }

  private static Operator inPlace(String name, PointwiseFunction function) {
    return named(name)
        .overload(
            "(Tensor self, Tensor other)",
            Call.Binary.class,
            (self, other) -> {
              checkDivisor(self, other);
              return function.callInPlace(self, other);
            })
        .overload(
            "(Tensor self, Scalar other)",
            Call.BinaryScalar.class,
            (self, other) -> {
              checkDivisor(self, other);
              return function.callInPlaceScalar(self, other);
            });
  }

  private static List<Operator> tensors(PointwiseFunction function) {
    return List.of(
        named(function.name())
            .overload("(Tensor self, Tensor other)", Call.Binary.class, function::call)
            .samples(Samples::tensors)
            .singularAt(SingularPoints.at(0)),
        named(function.name().concat("_"))
            .overload("(Tensor self, Tensor other)", Call.Binary.class, function::callInPlace));
  }

  /** Integers have no remainder by zero; it is found before anything is computed. */
  private static void checkDivisor(Tensor self, Tensor other) {
    boolean integers = !DType.promote(self.dtype(), other.dtype()).isFloatingPoint();
    if (integers && !Checks.all(Comparisons.NE.callScalar(other, Scalar.of(0)).all())) {
      throw new ArgumentException("ZeroDivisionError: integer remainder by zero");
    }
  }

  private static void checkDivisor(Tensor self, Scalar other) {
    boolean integers = !self.dtype().isFloatingPoint() && !other.isFloatingPoint();
    if (integers && other.toLong() == 0) {
      throw new ArgumentException("ZeroDivisionError: integer remainder by zero");
    }
  }

  static Tensor remainder(Tensor self, Tensor other) {
    checkDivisor(self, other);
    return REMAINDER.call(self, other);
  }

  static Tensor remainder(Tensor self, Scalar other) {
    checkDivisor(self, other);
    return REMAINDER.callScalar(self, other);
  }

  static Tensor remainder(Scalar self, Tensor other) {
    if (!self.isFloatingPoint()) {
      checkDivisor(other, other);
    }
    return REMAINDER.callScalar(self, other);
  }

  static Tensor fmod(Tensor self, Tensor other) {
    checkDivisor(self, other);
    return FMOD.call(self, other);
  }

  static Tensor fmod(Tensor self, Scalar other) {
    checkDivisor(self, other);
    return FMOD.callScalar(self, other);
  }

  static Tensor round(Tensor self, int decimals) {
    if (decimals == 0 || !self.dtype().isFloatingPoint()) {
      return ROUND.call(self);
    }
    Scalar ten = Scalar.of(Math.pow(10, Math.abs(decimals)));
    return decimals > 0 ? ROUND_FRACTION.call(self, ten) : ROUND_TENS.call(self, ten);
  }

  static Tensor roundInPlace(Tensor self, int decimals) {
    if (decimals == 0 || !self.dtype().isFloatingPoint()) {
      return ROUND.callInPlace(self);
    }
    Scalar ten = Scalar.of(Math.pow(10, Math.abs(decimals)));
    PointwiseFunction rounding = decimals > 0 ? ROUND_FRACTION : ROUND_TENS;
    return rounding.callInPlace(self, ten);
  }
}
