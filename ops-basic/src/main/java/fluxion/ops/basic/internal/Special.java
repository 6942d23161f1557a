package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;
import static fluxion.engine.spi.Promotion.INT_TO_FLOAT;
import static fluxion.engine.spi.Promotion.PROMOTE;

import fluxion.api.Scalar;
import fluxion.api.Tensor;
import fluxion.api.spi.Call;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.PointwiseFunction;
import fluxion.engine.spi.SingularPoints;
import fluxion.ops.basic.PointwiseCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Special functions: with parameters, with limits at single points, or of two tensors. */
final class Special {
  private static final double INV_LN_2 = 1 / Math.log(2);

  private static final PointwiseFunction SINC =
      PointwiseFunction.unary("sinc", INT_TO_FLOAT, Special::sinc)
          .gradient(0, (x, s, out, g) -> sincGradient(x[0], g));
  private static final PointwiseFunction LOGIT =
      PointwiseFunction.unary("logit", INT_TO_FLOAT, x -> x.div(one(x).sub(x)).log())
          .gradient(0, (x, s, out, g) -> within(x[0], zero(g), g, Double.NaN));
  private static final PointwiseFunction LOGIT_EPS =
      PointwiseFunction.of("logit", 1, 1, INT_TO_FLOAT, (x, s) -> clampedLogit(x[0], s[0]))
          .gradient(0, (x, s, out, g) -> within(x[0], s[0], g, 0));
  private static final PointwiseFunction LOGADDEXP =
      PointwiseFunction.binary(
              "logaddexp", PROMOTE, (a, b) -> addInLogs(a, b, b.sub(a).abs().neg().exp().log1p()))
          .checking(Refusals.ofIntegers("logaddexp_cpu"))
          .gradient(0, (x, s, out, g) -> g.div(x[1].sub(x[0]).exp().add(1)))
          .gradient(1, (x, s, out, g) -> g.div(x[0].sub(x[1]).exp().add(1)));
  private static final PointwiseFunction LOGADDEXP2 =
      PointwiseFunction.binary(
              "logaddexp2",
              PROMOTE,
              (a, b) -> addInLogs(a, b, b.sub(a).abs().neg().exp2().log1p().mul(INV_LN_2)))
          .checking(Refusals.ofIntegers("logaddexp2_cpu"))
          .gradient(0, (x, s, out, g) -> g.div(x[1].sub(x[0]).exp2().add(1)))
          .gradient(1, (x, s, out, g) -> g.div(x[0].sub(x[1]).exp2().add(1)));
  private static final PointwiseFunction XLOGY =
      PointwiseFunction.binary("xlogy", INT_TO_FLOAT, Expr::xlogy);
  private static final PointwiseFunction XLOG1PY =
      PointwiseFunction.binary("special_xlog1py", INT_TO_FLOAT, Special::xlog1py)
          .gradient(0, (x, s, out, g) -> xlog1pyGradient(x[0], x[1], g))
          .gradient(1, (x, s, out, g) -> g.mul(x[0]).div(x[1].add(1.0)));
  private static final PointwiseFunction ENTR =
      PointwiseFunction.unary("special_entr", INT_TO_FLOAT, Special::entr)
          .gradient(0, (x, s, out, g) -> g.mul(x[0].log().add(1.0).neg()));

  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.hasBoth("sinc")) {
        t.add(
            Operator.unary(SINC)
                .samples(s -> Samples.unary(s, -2, 2))
                .singularAt(SingularPoints.at(0)));
        t.add(Operator.unaryInPlace(SINC));
      }
      if (t.has("logit")) {
        t.add(
            named("logit")
                .overload(
                    "(Tensor self, float? eps=None)", PointwiseCall.Logit.class, Special::logit)
                .samples(
                    s ->
                        List.of(
                            sample(s.uniform(0.1, 0.9, 2, 3)),
                            sample(s.uniform(0.1, 0.9)),
                            sample(s.uniform(0.3, 0.7, 3), 0.2),
                            sample(s.uniform(0.01, 0.1, 3), 0.2))));
      }
      if (t.has("logit_")) {
        t.add(
            named("logit_")
                .overload(
                    "(Tensor self, float? eps=None)",
                    PointwiseCall.Logit.class,
                    Special::logitInPlace));
      }
      if (t.has("logaddexp")) {
        t.add(pair(LOGADDEXP));
      }
      if (t.has("logaddexp2")) {
        t.add(pair(LOGADDEXP2));
      }
      if (t.has("xlogy")) {
        t.add(productWithLog(XLOGY));
      }
      if (t.has("special_xlog1py")) {
        t.add(productWithLog(XLOG1PY));
      }
      if (t.has("special_entr")) {
        t.add(Operator.unary(ENTR).samples(s -> Samples.unary(s, 0.2, 2)));
      }
      if (t.has("xlogy_")) {
        t.add(Operator.binaryInPlace(XLOGY));
      }
    }
  }

  private Special() {}

  private static Operator pair(PointwiseFunction function) {
    return named(function.name())
        .overload("(Tensor self, Tensor other)", Call.Binary.class, function::call)
        .samples(Samples::tensors);
  }

  private static Operator productWithLog(PointwiseFunction function) {
    return Operator.binary(function)
        .overload("(Scalar self, Tensor other)", Call.ScalarBinary.class, function::callScalar)
        .samples(
            s ->
                List.of(
                    sample(s.tensor(2, 3), s.uniform(0.5, 2, 2, 3)),
                    sample(s.tensor(2, 1), s.uniform(0.5, 2, 3)),
                    sample(s.tensor(), s.uniform(0.5, 2, 2)),
                    sample(s.tensor(2), s.scalar()),
                    sample(1.5, s.uniform(0.5, 2, 2))));
  }

  // ---- formulas

  private static Expr zero(Expr like) {
    return Expr.literal(like.type(), 0.0);
  }

  private static Expr one(Expr like) {
    return Expr.literal(like.type(), 1.0);
  }

  /** At integers it is 0, whatever the rounding of π makes of the sine. */
  private static Expr sinc(Expr x) {
    Expr angle = x.mul(Math.PI);
    Expr isInteger = x.isfinite().and(x.eq(x.round()));
    Expr ratio = Expr.select(isInteger, zero(x), angle.sin().div(angle));
    return Expr.select(x.eq(0.0), one(x), ratio);
  }

  private static Expr sincGradient(Expr x, Expr g) {
    Expr angle = x.mul(Math.PI);
    Expr square = x.mul(x).mul(Math.PI);
    Expr slope = angle.mul(angle.cos()).sub(angle.sin()).div(square);
    return Expr.select(square.eq(0.0), zero(g), g.mul(slope));
  }

  private static Expr xlog1py(Expr x, Expr y) {
    return Expr.select(x.eq(0.0).and(y.isnan().not()), zero(x), x.mul(y.log1p()));
  }

  private static Expr xlog1pyGradient(Expr x, Expr y, Expr g) {
    return Expr.select(x.eq(0.0).and(y.le(-1.0)), zero(g), g.mul(y.log1p()));
  }

  /** {@code −x log x}, 0 at 0 and −∞ below. */
  private static Expr entr(Expr x) {
    Expr below = Expr.literal(x.type(), Double.NEGATIVE_INFINITY);
    Expr inside = Expr.select(x.gt(0.0), x.mul(x.log()).neg(), zero(x));
    return Expr.select(x.lt(0.0), below, Expr.select(x.isnan(), x, inside));
  }

  private static Expr clampedLogit(Expr x, Expr eps) {
    Expr high = one(x).sub(eps);
    Expr z = Expr.select(x.lt(eps), eps, Expr.select(x.gt(high), high, x));
    return z.div(one(z).sub(z)).log();
  }

  /** The gradient of a logit between a bound and 1 less the bound, and what it is outside. */
  private static Expr within(Expr x, Expr bound, Expr g, double outside) {
    return Expr.select(
        x.lt(bound).or(x.gt(one(x).sub(bound))),
        Expr.literal(g.type(), outside),
        g.div(x.mul(one(x).sub(x))));
  }

  /** The larger plus what is left, except where both are the same infinity. */
  private static Expr addInLogs(Expr a, Expr b, Expr rest) {
    return Expr.select(a.isinf().and(a.eq(b)), a, a.max(b).add(rest));
  }

  // ---- calls

  static Tensor logit(Tensor self, @Nullable Double eps) {
    return eps == null || eps < 0 ? LOGIT.call(self) : LOGIT_EPS.call(self, Scalar.of(eps));
  }

  static Tensor logitInPlace(Tensor self, @Nullable Double eps) {
    return eps == null || eps < 0
        ? LOGIT.callInPlace(self)
        : LOGIT_EPS.callInPlace(self, Scalar.of(eps));
  }

  static Tensor logaddexp(Tensor self, Tensor other) {
    return LOGADDEXP.call(self, other);
  }
}
