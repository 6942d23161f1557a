package fluxion.ops.basic.internal;

import fluxion.api.DType;
import fluxion.api.Scalar;
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
 * A variance {@code Σ (x − mean)² / max(n − correction, 0)} over some dimensions, or its root, in
 * two passes.
 *
 * <p>The gradient is {@code 2 (x − mean) / (n − correction)}; that of a root of 0 is 0, as
 * PyTorch's {@code std_backward} has it.
 *
 * @param dims which dimensions are reduced
 * @param keepdim whether they stay with size 1
 * @param correction what is taken off the number of elements n
 * @param root whether the standard deviation is wanted
 */
record Variance(Dims dims, boolean keepdim, long correction, boolean root)
    implements UnaryFunction {
  /** The cotangent of a variance from that of its root: g / (2 · root), 0 where the root is 0. */
  private static final PointwiseFunction ROOT_GRADIENT =
      PointwiseFunction.binary(
          "std_backward",
          Promotion.PROMOTE,
          (std, g) -> Expr.select(std.eq(0.0), Expr.literal(g.type(), 0.0), g.div(std.mul(2.0))));

  @Override
  public String name() {
    return root ? "StdBackward0" : "VarBackward0";
  }

  @Override
  public Tensor forward(Context ctx, Tensor input) {
    DType dtype = input.dtype();
    DType compute = dtype.computeType();
    ctx.saveInput(0);
    if (root) {
      ctx.saveOutput(0);
    }
    double count = dims.count(input.shape());
    Expr x = Expr.input(0, dtype).cast(compute);
    Expr total = Expr.input(0, compute);
    Expr divisor = Expr.scalar(0, compute);
    Reduction mean =
        new Reduction(Reduction.Kind.SUM, Kernel.of(x), compute, Kernel.of(total.div(divisor)));
    Tensor center =
        Primitives.reduce(mean, new Tensor[] {input}, dims.mask(), true, Scalar.of(count));
    Expr deviation = x.sub(Expr.input(1, compute));
    Expr variance = total.div(divisor);
    Reduction squares =
        new Reduction(
            Reduction.Kind.SUM,
            Kernel.of(deviation.mul(deviation)),
            compute,
            Kernel.of((root ? variance.sqrt() : variance).cast(dtype)));
    return Primitives.reduce(
        squares,
        new Tensor[] {input, center},
        dims.mask(),
        keepdim,
        Scalar.of(Math.max(count - correction, 0)));
  }

  @Override
  public Tensor backward(Context ctx, Tensor gradOutput) {
    Tensor x = ctx.input(0);
    Tensor grad = gradOutput;
    if (root) {
      grad = ROOT_GRADIENT.call(ctx.output(0), gradOutput);
    }
    if (dims.toArray().length == x.dim() && dims.count(x.shape()) == correction) {
      // PyTorch's gradient of what has no value: infinite, whatever the deviations.
      return dims.restore(grad, keepdim).mul(Double.POSITIVE_INFINITY).expand(x.shape().toArray());
    }
    Tensor mean = Reductions.mean(x, dims.toArray(), true, null);
    double factor = 2.0 / (dims.count(x.shape()) - correction);
    return dims.restore(grad, keepdim).mul(factor).mul(x.sub(mean));
  }
}
