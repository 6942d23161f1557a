package fluxion.ops.basic.internal;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.Tensor;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.PointwiseFunction;
import fluxion.engine.spi.Primitives;
import fluxion.engine.spi.Promotion;
import fluxion.engine.spi.UnaryFunction;
import org.jspecify.annotations.Nullable;

/** The row-major positions of the elements that are true. */
record Nonzero() implements UnaryFunction {
  private static final PointwiseFunction UNRAVEL =
      PointwiseFunction.of(
          "unravel", 1, 2, Promotion.SAME, (x, s) -> x[0].div(s[0]).remainder(s[1]));

  @Override
  public Tensor forward(Context ctx, Tensor input) {
    return Primitives.compact(input);
  }

  @Override
  public @Nullable Tensor backward(Context ctx, Tensor gradOutput) {
    return null;
  }

  /** For each dimension the indices of the elements that are not 0, in row-major order. */
  static Tensor[] columns(Tensor mask) {
    Tensor positions = Functions.apply(new Nonzero(), mask.detach().to(DType.BOOL));
    Tensor[] columns = new Tensor[mask.dim()];
    long stride = 1;
    for (int d = columns.length - 1; d >= 0; d--) {
      long size = Math.max(mask.size(d), 1);
      columns[d] =
          columns.length == 1
              ? positions
              : UNRAVEL.call(positions, Scalar.of(stride), Scalar.of(size));
      stride *= size;
    }
    return columns;
  }
}
