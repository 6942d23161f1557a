package fluxion.ops.nn.internal;

import static fluxion.engine.spi.Operator.sample;
import static fluxion.engine.spi.Promotion.INT_TO_FLOAT;
import static fluxion.engine.spi.Promotion.PROMOTE;

import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.PointwiseFunction;
import java.util.List;
import java.util.stream.Stream;

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

  static final List<Operator> OPERATORS =
      Stream.of(RELU, SIGMOID).flatMap(Activations::operators).toList();

  private Activations() {}

  private static Stream<Operator> operators(PointwiseFunction function) {
    return Stream.of(
        Operator.unary(function)
            .samples(
                s ->
                    List.of(
                        sample(s.tensor(2, 3)),
                        sample(s.tensor()),
                        sample(s.tensor(3, 1)),
                        sample(s.tensor(0, 2)))),
        Operator.unaryInPlace(function));
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
