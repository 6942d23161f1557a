package fluxion.ops.basic.internal;

import fluxion.api.DType;
import fluxion.api.Tensor;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.PointwiseFunction;
import fluxion.engine.spi.Primitives;
import fluxion.engine.spi.Promotion;
import fluxion.engine.spi.Reduction;
import fluxion.engine.spi.UnaryFunction;

/**
 * A sum over some dimensions in which a NaN counts as 0.
 *
 * @param dims which dimensions are reduced
 * @param keepdim whether they stay with size 1
 * @param dtype the dtype of the result, to which elements are cast first
 */
record NanSum(Dims dims, boolean keepdim, DType dtype) implements UnaryFunction {
  private static final PointwiseFunction GRADIENT =
      PointwiseFunction.binary(
          "nansum_backward", Promotion.PROMOTE, (g, x) -> g.mul(x.isnan().not().cast(g.type())));

  @Override
  public String name() {
    return "NansumBackward0";
  }

  @Override
  public Tensor forward(Context ctx, Tensor input) {
    ctx.saveInput(0);
    DType compute = dtype.computeType();
    Expr x = Expr.input(0, input.dtype()).cast(dtype).cast(compute);
    Expr counted = Expr.select(x.isnan(), Expr.literal(compute, 0.0), x);
    Expr total = Expr.input(0, compute);
    return Primitives.reduce(
        new Reduction(
            Reduction.Kind.SUM, Kernel.of(counted), compute, Kernel.of(total.cast(dtype))),
        new Tensor[] {input},
        dims.mask(),
        keepdim);
  }

  @Override
  public Tensor backward(Context ctx, Tensor gradOutput) {
    return GRADIENT.call(dims.restore(gradOutput, keepdim), ctx.input(0).detach());
  }
}
