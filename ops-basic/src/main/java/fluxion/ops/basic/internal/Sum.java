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
import org.jspecify.annotations.Nullable;

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
  private static final int DTYPES = DType.values().length;
  private static final @Nullable Reduction[] SUMS = new @Nullable Reduction[DTYPES * DTYPES];
  private static final @Nullable Reduction[] MEANS = new @Nullable Reduction[DTYPES * DTYPES];

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
    Reduction reduction = reduction(input.dtype());
    return Primitives.reduce(
        reduction,
        new Tensor[] {input},
        dims.mask(),
        keepdim,
        Scalar.of((double) dims.count(input.shape())));
  }

  /** What is computed depends on dtypes alone, and is put together once for each pair of them. */
  @SuppressWarnings("EnumOrdinal") // a place in tables of this run alone
  private Reduction reduction(DType input) {
    @Nullable Reduction[] known = mean ? MEANS : SUMS;
    int place = input.ordinal() * DTYPES + dtype.ordinal();
    Reduction reduction = known[place];
    if (reduction == null) {
      reduction = reduction(input, dtype, mean);
      known[place] = reduction; // another thread's would be equal
    }
    return reduction;
  }

  private static Reduction reduction(DType input, DType dtype, boolean mean) {
    DType compute = dtype.computeType();
    Expr total = Expr.input(0, compute);
    Expr result = mean ? total.div(Expr.scalar(0, compute)) : total;
    return new Reduction(
        Reduction.Kind.SUM,
        Kernel.of(Expr.input(0, input).cast(dtype).cast(compute)),
        compute,
        Kernel.of(result.cast(dtype)));
  }

  @Override
  public Tensor backward(Context ctx, Tensor gradOutput) {
    Tensor restored = dims.restore(gradOutput, keepdim);
    long[] shape = ctx.inputSpec(0).shape().toArray();
    Tensor gradient = restored.expand(shape);
    return mean ? gradient.div((double) dims.count(ctx.inputSpec(0).shape())) : gradient;
  }
}
