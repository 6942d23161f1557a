package fluxion.ops.nn.internal;

import static fluxion.engine.spi.Operator.sample;
import static fluxion.engine.spi.Promotion.INT_TO_FLOAT;
import static fluxion.engine.spi.Promotion.PROMOTE;

import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.PointwiseFunction;
import fluxion.engine.spi.Promotion;
import fluxion.engine.spi.SingularPoints;
import java.util.List;
import java.util.function.UnaryOperator;

/** Pointwise operators of one tensor, a line each, with their in-place forms. */
final class Activations {
  /** A comparison keeps NaN; the result alone says where the gradient is 0. */
  static final PointwiseFunction RELU =
      PointwiseFunction.unary("relu", PROMOTE, x -> Expr.select(x.lt(0), zero(x), x))
          .gradient(0, (x, s, out, g) -> Expr.select(out.le(0), zero(g), g))
          .checking(Activations::refuseBool);

  /** The node's own derivative is in terms of the result. */
  static final PointwiseFunction SIGMOID =
      PointwiseFunction.unary("sigmoid", INT_TO_FLOAT, Expr::sigmoid);

  private static final double SQRT_HALF = 0.7071067811865476;
  private static final double SQRT_2_OVER_PI = 0.7978845608028654;
  private static final double SELU_ALPHA = 1.6732632423543772;
  private static final double SELU_SCALE = 1.0507009873554805;

  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.hasBoth("relu")) {
        t.add(operators(RELU, 0));
      }
      if (t.hasBoth("sigmoid")) {
        t.add(operators(SIGMOID));
      }
      if (t.hasBoth("silu")) {
        t.add(operators(unary("silu", PROMOTE, x -> x.mul(x.sigmoid()))));
      }
      if (t.hasBoth("mish")) {
        t.add(operators(unary("mish", PROMOTE, x -> x.mul(x.softplus().tanh()))));
      }
      if (t.hasBoth("logsigmoid")) {
        t.add(
            operators(unary("logsigmoid", PROMOTE, Expr::logsigmoid).node("LogSigmoidBackward0")));
      }
      if (t.hasBoth("tanhshrink")) {
        t.add(
            operators(
                unary("tanhshrink", INT_TO_FLOAT, x -> x.sub(x.tanh())).node("SubBackward0")));
      }
      if (t.hasBoth("relu6")) {
        t.add(
            operators(
                unary("relu6", PROMOTE, x -> x.max(0).min(6))
                    .node("HardtanhBackward0")
                    .gradient(0, (x, s, out, g) -> within(x[0], 0, 6, g))
                    .checking(Activations::refuseBool),
                0,
                6));
      }
      if (t.hasBoth("hardswish")) {
        t.add(
            operators(
                unary("hardswish", PROMOTE, x -> x.mul(x.add(3).max(0).min(6)).div(6))
                    .gradient(0, (x, s, out, g) -> hardswish(x[0], g)),
                -3,
                3));
      }
      if (t.hasBoth("selu")) {
        t.add(
            operators(
                unary("selu", PROMOTE, x -> elu(x, SELU_ALPHA).mul(SELU_SCALE))
                    .node("EluBackward0"),
                0));
      }
    }
  }

  static final PointwiseFunction GELU =
      unary("gelu", PROMOTE, x -> x.mul(x.mul(SQRT_HALF).erf().add(1).mul(0.5)));
  static final PointwiseFunction GELU_TANH = unary("gelu", PROMOTE, Activations::geluTanh);

  private Activations() {}

  private static List<Operator> operators(PointwiseFunction function, double... kinks) {
    return List.of(
        (kinks.length == 0
                ? Operator.unary(function)
                : Operator.unary(function).singularAt(SingularPoints.at(kinks)))
            .samples(
                s ->
                    List.of(
                        sample(s.tensor(2, 3)),
                        sample(s.tensor()),
                        sample(s.tensor(3, 1)),
                        sample(s.tensor(0, 2)))),
        Operator.unaryInPlace(function));
  }

  private static PointwiseFunction unary(
      String name, Promotion promotion, UnaryOperator<Expr> formula) {
    return PointwiseFunction.unary(name, promotion, formula);
  }

  private static Expr elu(Expr x, double alpha) {
    return Expr.select(x.le(0), x.expm1().mul(alpha), x);
  }

  private static Expr geluTanh(Expr x) {
    Expr inner = x.mul(x).mul(x).mul(0.044715).add(x).mul(SQRT_2_OVER_PI);
    return x.mul(0.5).mul(inner.tanh().add(1));
  }

  /** 0 at and beyond two bounds, else g; so also at NaN. */
  private static Expr within(Expr x, long low, long high, Expr g) {
    return Expr.select(x.le(low).or(x.ge(high)), zero(g), g);
  }

  private static Expr hardswish(Expr x, Expr g) {
    Expr middle = g.mul(x.div(3).add(0.5));
    return Expr.select(x.lt(-3), zero(g), Expr.select(x.lt(3), middle, g));
  }

  private static Expr zero(Expr like) {
    return Expr.literal(like.type(), 0);
  }

  private static void refuseBool(DType dtype) {
    if (dtype == DType.BOOL) {
      throw new DTypeException("Boolean inputs not supported for relu");
    }
  }
}
