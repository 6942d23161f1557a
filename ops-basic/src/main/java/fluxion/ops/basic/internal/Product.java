package fluxion.ops.basic.internal;

import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.engine.spi.BinaryFunction;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Layout;
import fluxion.engine.spi.Primitives;

/** The products that are one call of the matrix primitive. */
final class Product {
  private Product() {}

  /**
   * {@code [m, k] @ [k, n]}.
   *
   * @param gradients how the factors' gradients are to be laid out
   */
  record Mm(FactorGradients gradients) implements BinaryFunction {
    @Override
    public boolean keepsGradients() {
      return false;
    }

    @Override
    public Tensor forward(Context ctx, Tensor left, Tensor right) {
      return matmul(ctx, left, right);
    }

    @Override
    public Tensor gradient(Context ctx, int input, Tensor gradOutput) {
      return input == 0
          ? gradients.left(gradOutput, ctx.input(1))
          : gradients.right(ctx.input(0), gradOutput);
    }
  }

  /** {@code [b, m, k] @ [b, k, n]}. */
  record Bmm() implements BinaryFunction {
    @Override
    public boolean keepsGradients() {
      return false;
    }

    @Override
    public Tensor forward(Context ctx, Tensor left, Tensor right) {
      return matmul(ctx, left, right);
    }

    @Override
    public Tensor gradient(Context ctx, int input, Tensor gradOutput) {
      return input == 0
          ? gradOutput.bmm(ctx.input(1).transpose(1, 2))
          : ctx.input(0).transpose(1, 2).bmm(gradOutput);
    }
  }

  /** {@code [m, k] @ [k]}. */
  record Mv() implements BinaryFunction {
    @Override
    public Tensor forward(Context ctx, Tensor left, Tensor right) {
      keep(ctx);
      Tensor column = Primitives.alias(right, layout -> layout.unsqueeze(1));
      return Primitives.alias(Primitives.matmul(left, column), layout -> layout.squeeze(1));
    }

    @Override
    public Tensor gradient(Context ctx, int input, Tensor gradOutput) {
      return input == 0
          ? gradOutput.unsqueeze(1).mul(ctx.input(1).unsqueeze(0))
          : ctx.input(0).t().mv(gradOutput);
    }
  }

  /** {@code [k] @ [k]}. */
  record Dot() implements BinaryFunction {
    @Override
    public Tensor forward(Context ctx, Tensor left, Tensor right) {
      keep(ctx);
      Tensor row = Primitives.alias(left, layout -> layout.unsqueeze(0));
      Tensor column = Primitives.alias(right, layout -> layout.unsqueeze(1));
      return Primitives.alias(
          Primitives.matmul(row, column), layout -> Layout.contiguous(Shape.SCALAR));
    }

    @Override
    public Tensor gradient(Context ctx, int input, Tensor gradOutput) {
      return gradOutput.mul(ctx.input(1 - input));
    }
  }

  private static void keep(Context ctx) {
    if (ctx.needsGradient(1)) {
      ctx.saveInput(0);
    }
    if (ctx.needsGradient(0)) {
      ctx.saveInput(1);
    }
  }

  private static Tensor matmul(Context ctx, Tensor left, Tensor right) {
    keep(ctx);
    return Primitives.matmul(left, right);
  }
}
