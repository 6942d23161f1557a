package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;
import static fluxion.engine.spi.Promotion.PROMOTE;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.Scalar;
import fluxion.api.Tensor;
import fluxion.api.spi.Call;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.PointwiseFunction;
import fluxion.engine.spi.SingularPoints;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Powers. The exponents 2, 3, 0.5, −0.5, −1 and −2 are computed by products, roots and reciprocals,
 * and so are the derivatives that lead to them, as in PyTorch's {@code pow_tensor_scalar}.
 */
final class Powers {
  private static final PointwiseFunction POW =
      PointwiseFunction.binary("pow", PROMOTE, Powers::power).node("PowBackward1");

  /** The exponent is a number other than 0, whose derivative needs no case for 0. */
  private static final PointwiseFunction POW_SCALAR =
      PointwiseFunction.binary("pow", PROMOTE, Powers::power)
          .gradient(0, (x, s, out, g) -> g.mul(x[1].mul(x[0].pow(x[1].sub(1L)))));

  private static final PointwiseFunction POW_0 =
      PointwiseFunction.binary("pow", PROMOTE, (x, y) -> one(x));
  private static final PointwiseFunction POW_2 = special(x -> x.mul(x), x -> x.mul(2.0));
  private static final PointwiseFunction POW_3 =
      special(x -> x.mul(x).mul(x), x -> x.mul(x).mul(3.0));
  private static final PointwiseFunction POW_HALF = special(Expr::sqrt, x -> x.rsqrt().mul(0.5));
  private static final PointwiseFunction POW_MINUS_HALF =
      special(Expr::rsqrt, x -> x.pow(-1.5).mul(-0.5));
  private static final PointwiseFunction POW_MINUS_1 =
      special(Expr::reciprocal, x -> x.mul(x).reciprocal().neg());
  private static final PointwiseFunction POW_MINUS_2 =
      special(x -> x.mul(x).reciprocal(), x -> x.pow(-3.0).mul(-2.0));

  private static final Scalar TWO = Scalar.of(2);

  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("pow")) {
        t.add(
            named("pow")
                .overload("(Tensor self, Tensor exponent)", Call.Binary.class, Powers::pow)
                .overload("(Tensor self, Scalar exponent)", Call.BinaryScalar.class, Powers::pow)
                .overload("(Scalar self, Tensor exponent)", Call.ScalarBinary.class, Powers::pow)
                .samples(
                    s ->
                        List.of(
                            sample(s.uniform(0.5, 2, 2, 3), s.uniform(0.5, 2, 2, 1)),
                            sample(s.uniform(0.5, 2), s.uniform(-2, 2, 2)),
                            sample(s.tensor(3), 2),
                            sample(s.tensor(3), 3.0),
                            sample(s.uniform(0.5, 2, 3), 0.5),
                            sample(s.uniform(0.5, 2, 3), -0.5),
                            sample(s.tensor(3), -1),
                            sample(s.tensor(3), -2.0),
                            sample(s.uniform(0.5, 2, 3), 1.5),
                            sample(s.tensor(2), 0),
                            sample(2, s.tensor(3))))
                .singularAt(SingularPoints.at(0)));
      }
      if (t.has("pow_")) {
        t.add(
            named("pow_")
                .overload("(Tensor self, Tensor exponent)", Call.Binary.class, Powers::powInPlace)
                .overload(
                    "(Tensor self, Scalar exponent)", Call.BinaryScalar.class, Powers::powInPlace)
                .samples(
                    s ->
                        List.of(
                            sample(s.uniform(0.5, 2, 2, 3), s.uniform(0.5, 2, 2, 1)),
                            sample(s.tensor(3), 2),
                            sample(s.uniform(0.5, 2, 3), 2.5))));
      }
      if (t.has("float_power")) {
        t.add(
            named("float_power")
                .overload(
                    "(Tensor self, Tensor exponent)",
                    Call.Binary.class,
                    (self, exponent) -> pow(self.to(DType.FLOAT64), exponent.to(DType.FLOAT64)))
                .overload(
                    "(Tensor self, Scalar exponent)",
                    Call.BinaryScalar.class,
                    (self, exponent) -> pow(self.to(DType.FLOAT64), exponent))
                .overload(
                    "(Scalar self, Tensor exponent)",
                    Call.ScalarBinary.class,
                    (self, exponent) -> pow(self, exponent.to(DType.FLOAT64)))
                .samples(
                    s ->
                        List.of(
                            sample(s.uniform(0.5, 2, 2, 3), s.uniform(0.5, 2, 2, 1)),
                            sample(s.tensor(3), 2),
                            sample(2, s.tensor()))));
      }
      if (t.has("float_power_")) {
        t.add(
            named("float_power_")
                .overload(
                    "(Tensor self, Tensor exponent)",
                    Call.Binary.class,
                    (self, exponent) -> powInPlace(float64(self), exponent.to(DType.FLOAT64)))
                .overload(
                    "(Tensor self, Scalar exponent)",
                    Call.BinaryScalar.class,
                    (self, exponent) -> powInPlace(float64(self), exponent)));
      }
      if (t.has("ldexp")) {
        t.add(
            named("ldexp")
                .overload("(Tensor self, Tensor other)", Call.Binary.class, Powers::ldexp)
                .samples(s -> Samples.binary(s, -2, 2, -2, 2).subList(0, 4)));
      }
      if (t.has("ldexp_")) {
        t.add(
            named("ldexp_")
                .overload(
                    "(Tensor self, Tensor other)",
                    Call.Binary.class,
                    (self, other) ->
                        Overwriting.store(self, other.requiresGrad(), x -> ldexp(x, other))));
      }
      if (t.has("square")) {
        t.add(
            named("square")
                .overload("(Tensor self)", Call.Unary.class, Powers::square)
                .samples(s -> Samples.unary(s, -2, 2)));
      }
      if (t.has("square_")) {
        t.add(
            named("square_")
                .overload("(Tensor self)", Call.Unary.class, self -> powInPlace(self, TWO)));
      }
    }
  }

  private Powers() {}

  /** A power of floats with an exponent that is part of the kernel. */
  private static PointwiseFunction special(UnaryOperator<Expr> formula, UnaryOperator<Expr> slope) {
    return PointwiseFunction.binary(
            "pow", PROMOTE, (x, y) -> x.type().isFloatingPoint() ? formula.apply(x) : power(x, y))
        .gradient(0, (x, s, out, g) -> g.mul(slope.apply(x[0])));
  }

  private static Expr one(Expr x) {
    return x.type().isFloatingPoint() ? Expr.literal(x.type(), 1.0) : Expr.literal(x.type(), 1L);
  }

  private static Expr power(Expr x, Expr y) {
    if (x.type() == DType.BOOL) {
      throw new DTypeException("\"pow\" not implemented for 'Bool'; cast to an integer dtype");
    }
    return x.pow(y);
  }

  private static PointwiseFunction by(Tensor self, Scalar exponent) {
    if (!self.dtype().isFloatingPoint() && !exponent.isFloatingPoint() && exponent.toLong() < 0) {
      throw new ArgumentException("Integers to negative integer powers are not allowed.");
    }
    double e = exponent.toDouble();
    if (e == 0) {
      return POW_0;
    }
    if (e == 2) {
      return POW_2;
    }
    if (e == 3) {
      return POW_3;
    }
    if (e == 0.5) {
      return POW_HALF;
    }
    if (e == -0.5) {
      return POW_MINUS_HALF;
    }
    return e == -1 ? POW_MINUS_1 : e == -2 ? POW_MINUS_2 : POW_SCALAR;
  }

  static Tensor pow(Tensor self, Tensor exponent) {
    return POW.call(self, exponent);
  }

  static Tensor pow(Tensor self, Scalar exponent) {
    return by(self, exponent).callScalar(self, exponent);
  }

  static Tensor pow(Scalar self, Tensor exponent) {
    return POW.callScalar(self, exponent);
  }

  static Tensor powInPlace(Tensor self, Tensor exponent) {
    return POW.callInPlace(self, exponent);
  }

  static Tensor powInPlace(Tensor self, Scalar exponent) {
    return by(self, exponent).callInPlaceScalar(self, exponent);
  }

  private static Tensor ldexp(Tensor self, Tensor other) {
    return self.mul(pow(Scalar.of(2.0), other));
  }

  /** The base of a power in float64 that is computed in place. */
  private static Tensor float64(Tensor base) {
    if (base.dtype() != DType.FLOAT64) {
      throw new DTypeException(
          "the base given to float_power_ has dtype "
              + base.dtype().typeName()
              + " but the operation's result requires dtype Double");
    }
    return base;
  }

  static Tensor square(Tensor self) {
    return pow(self, TWO);
  }
}
