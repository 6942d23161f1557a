package fluxion.ops.basic.internal;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.Tensor;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Primitives;
import fluxion.engine.spi.Reduction;
import fluxion.engine.spi.UnaryFunction;

/**
 * A sum or mean over some dimensions. It accumulates in the compute dtype of the result.
 *
 * @param dims which dimensions are reduced
 * @param keepdim whether they stay with size 1
 * @param dtype the dtype of the result, to which elements are cast first
 * @param mean whether the sum is divided by the number of elements
 * @param named whether dimensions were named, which PyTorch's node names tell apart
 */
record Sum(Dims dims, boolean keepdim, DType dtype, boolean mean, boolean named)
    implements UnaryFunction {
  @Override
  public boolean keepsGradients() {
    return false;
  }

  @Override
  public String name() {
    return (mean ? "Mean" : "Sum") + "Backward" + (named ? 1 : 0);
  }

  @Override
  public Tensor forward(Context ctx, Tensor input) {
    DType compute = dtype.computeType();
    Expr total = Expr.input(0, compute);
    Expr result = mean ? total.div(Expr.scalar(0, compute)) : total;
    Reduction reduction =
        new Reduction(
            Reduction.Kind.SUM,
            Kernel.of(Expr.input(0, input.dtype()).cast(dtype).cast(compute)),
            compute,
            Kernel.of(result.cast(dtype)));
    return Primitives.reduce(
        reduction,
        new Tensor[] {input},
        dims.mask(),
        keepdim,
        Scalar.of((double) dims.count(input.shape())));
  }

  @Override
  public Tensor backward(Context ctx, Tensor gradOutput) {
    Tensor restored = dims.restore(gradOutput, keepdim);
    long[] shape = ctx.inputSpec(0).shape().toArray();
    Tensor gradient = restored.expand(shape);
    return mean ? gradient.div((double) dims.count(ctx.inputSpec(0).shape())) : gradient;
  }
}
