package fluxion.ops.basic.internal;

import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Layout;
import fluxion.engine.spi.Primitives;
import fluxion.engine.spi.Reduction;
import fluxion.engine.spi.UnaryFunction;

/**
 * The logarithm of a sum of exponentials over some dimensions, {@code m + log Σ exp(x − m)} with
 * the largest element m, or 0 where that is infinite.
 *
 * @param dims which dimensions are reduced
 * @param keepdim whether they stay with size 1
 */
record LogSumExp(Dims dims, boolean keepdim) implements UnaryFunction {
  @Override
  public String name() {
    return "LogsumexpBackward0";
  }

  @Override
  public Tensor forward(Context ctx, Tensor input) {
    ctx.saveInput(0);
    ctx.saveOutput(0);
    DType dtype = input.dtype();
    DType compute = dtype.computeType();
    Expr x = Expr.input(0, dtype).cast(compute);
    Expr folded = Expr.input(0, compute);
    Expr finite = Expr.select(folded.isinf(), Expr.literal(compute, 0.0), folded);
    Tensor largest =
        Primitives.reduce(
            new Reduction(Reduction.Kind.MAX, Kernel.of(x), compute, Kernel.of(finite)),
            new Tensor[] {input},
            dims.mask(),
            true);
    Expr shifted = x.sub(Expr.input(1, compute)).exp();
    Tensor log =
        Primitives.reduce(
            new Reduction(Reduction.Kind.SUM, Kernel.of(shifted), compute, Kernel.of(folded.log())),
            new Tensor[] {input, largest},
            dims.mask(),
            true);
    Expr sum = folded.add(Expr.input(1, compute)).cast(dtype);
    Tensor result = Primitives.pointwise(Kernel.of(sum), new Tensor[] {log, largest})[0];
    Shape shape = dims.drop(result.shape(), keepdim);
    return Primitives.alias(result, layout -> Layout.contiguous(shape));
  }

  @Override
  public Tensor backward(Context ctx, Tensor gradOutput) {
    Tensor result = dims.restore(ctx.output(0), keepdim);
    return dims.restore(gradOutput, keepdim).mul(ctx.input(0).sub(result).exp());
  }
}
