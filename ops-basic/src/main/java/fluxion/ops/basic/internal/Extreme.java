package fluxion.ops.basic.internal;

import fluxion.api.DType;
import fluxion.api.Tensor;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.PointwiseFunction;
import fluxion.engine.spi.Primitives;
import fluxion.engine.spi.Promotion;
import fluxion.engine.spi.Reduction;
import fluxion.engine.spi.UnaryFunction;

/**
 * The largest or the smallest elements over some dimensions. The gradient is shared evenly by the
 * elements that are the extreme, as in PyTorch where no indices are asked for.
 *
 * @param max whether the largest are sought
 * @param dims which dimensions are reduced
 * @param keepdim whether they stay with size 1
 * @param nanCounts whether the gradient of a NaN goes to NaNs; else it is NaN for all elements
 * @param name the name of the node
 */
record Extreme(boolean max, Dims dims, boolean keepdim, boolean nanCounts, String name)
    implements UnaryFunction {
  /** 1 where an element is the extreme one. */
  private static final PointwiseFunction IS_EXTREME =
      PointwiseFunction.binary(
          "is_extreme", Promotion.PROMOTE, (x, extreme) -> x.eq(extreme).cast(x.type()));

  /** The same, where a NaN is the extreme if that is NaN. */
  private static final PointwiseFunction IS_EXTREME_OR_NAN =
      PointwiseFunction.binary(
          "is_extreme",
          Promotion.PROMOTE,
          (x, extreme) -> x.eq(extreme).or(x.isnan().and(extreme.isnan())).cast(x.type()));

  @Override
  public Tensor forward(Context ctx, Tensor input) {
    DType dtype = input.dtype();
    Reduction.Kind kind =
        dtype == DType.BOOL
            ? (max ? Reduction.Kind.ANY : Reduction.Kind.ALL)
            : (max ? Reduction.Kind.MAX : Reduction.Kind.MIN);
    ctx.saveInput(0);
    ctx.saveOutput(0);
    return Primitives.reduce(
        Reduction.of(kind, dtype, dtype.computeType(), dtype),
        new Tensor[] {input},
        dims.mask(),
        keepdim);
  }

  @Override
  public Tensor backward(Context ctx, Tensor gradOutput) {
    Tensor extreme = dims.restore(ctx.output(0), keepdim);
    Tensor grad = dims.restore(gradOutput, keepdim);
    return share(nanCounts, dims, ctx.input(0), extreme, grad);
  }

  /** A cotangent shared evenly by the elements that equal a value. */
  static Tensor share(boolean nanCounts, Dims dims, Tensor input, Tensor value, Tensor grad) {
    PointwiseFunction isExtreme = nanCounts ? IS_EXTREME_OR_NAN : IS_EXTREME;
    Tensor mask = isExtreme.call(input.detach(), value.detach());
    Tensor ties = Reductions.sum(mask, dims.toArray(), true, null);
    return grad.div(ties).mul(mask);
  }
}
