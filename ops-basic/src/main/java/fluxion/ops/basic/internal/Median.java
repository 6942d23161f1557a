package fluxion.ops.basic.internal;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.Tensor;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Primitives;
import fluxion.engine.spi.Reduction;
import fluxion.engine.spi.UnaryFunction;

/**
 * The median of all elements: the lower one of two. Its gradient is shared evenly by the elements
 * that equal it.
 *
 * @param ignoresNan whether NaNs are left out; else they are the median
 */
record Median(boolean ignoresNan) implements UnaryFunction {
  @Override
  public String name() {
    return (ignoresNan ? "Nanmedian" : "Median") + "Backward0";
  }

  @Override
  public Tensor forward(Context ctx, Tensor input) {
    ctx.saveInput(0);
    ctx.saveOutput(0);
    Tensor row = input.reshape(-1);
    return Primitives.alias(
        Primitives.gather(row, 0, places(ignoresNan, row, 0)), new Views.Squeeze(0));
  }

  @Override
  public Tensor backward(Context ctx, Tensor gradOutput) {
    Tensor x = ctx.input(0);
    return Extreme.share(true, Dims.of(x.shape()), x, ctx.output(0), gradOutput);
  }

  /**
   * {@return the indices of the medians along a dimension, which stays with size 1}
   *
   * <p>In ascending order NaNs are last: where there are some, the first of them is the median, or
   * the median is that of the elements before them.
   */
  private static Tensor places(boolean ignoresNan, Tensor x, int dim) {
    Tensor order = Ranks.order(x, dim, false);
    long size = x.size(dim);
    if (!x.dtype().isFloatingPoint()) {
      return order.narrow(dim, (size - 1) / 2, 1).contiguous();
    }
    Expr number = Expr.input(0, x.dtype()).cast(x.dtype().computeType()).isnan().not();
    Expr numbers = Expr.input(0, DType.INT64);
    Expr middle = numbers.sub(1L).max(0L).div(2L);
    Expr all = Expr.scalar(0, DType.INT64);
    Expr rank = ignoresNan ? middle : Expr.select(numbers.lt(all), numbers, middle);
    boolean[] reduced = new boolean[x.dim()];
    reduced[dim] = true;
    Tensor ranks =
        Primitives.reduce(
            new Reduction(
                Reduction.Kind.SUM,
                Kernel.of(number.cast(DType.INT64)),
                DType.INT64,
                Kernel.of(rank)),
            new Tensor[] {x},
            reduced,
            true,
            Scalar.of(size));
    return Primitives.gather(order, dim, ranks);
  }

  static Tensor ofAll(boolean ignoresNan, Tensor self) {
    if (self.numel() == 0) {
      return self.sum().div(0.0).to(self.dtype()); // NaN, as in PyTorch
    }
    return Functions.apply(new Median(ignoresNan), self);
  }

  static Tensor[] along(boolean ignoresNan, Tensor self, int dim, boolean keepdim) {
    int d = self.shape().wrap(dim);
    String name = ignoresNan ? "nanmedian" : "median";
    Ranks.checkNotEmpty(name, self, d);
    if (self.dim() == 0) {
      return Ranks.single(self);
    }
    String node = ignoresNan ? "NanmedianBackward1" : "MedianBackward1";
    return Ranks.picked(node, self, d, places(ignoresNan, self.detach(), d), keepdim);
  }
}
