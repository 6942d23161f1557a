package fluxion.engine.intrinsics;

import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.engine.dispatch.Launches;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Reduction;
import fluxion.engine.spi.UnaryFunction;

/**
 * The sum over the dimensions that broadcasting added or repeated.
 *
 * @param shape the shape before broadcasting
 */
record SumTo(Shape shape) implements UnaryFunction {
  @Override
  public boolean keepsGradients() {
    return false;
  }

  @Override
  public String name() {
    return "SumBackward1";
  }

  @Override
  public Tensor forward(Context ctx, Tensor input) {
    int lead = input.dim() - shape.dim();
    boolean[] reduced = new boolean[input.dim()];
    for (int d = 0; d < reduced.length; d++) {
      reduced[d] = d < lead || (shape.size(d - lead) == 1 && input.size(d) != 1);
    }
    DType dtype = input.dtype();
    Tensor sum =
        Launches.reduce(
            Reduction.of(Reduction.Kind.SUM, dtype, dtype.computeType(), dtype),
            new Tensor[] {input},
            reduced,
            true);
    return Launches.alias(sum, layout -> fluxion.engine.spi.Layout.contiguous(shape));
  }

  @Override
  public Tensor backward(Context ctx, Tensor gradOutput) {
    return Intrinsics.expand(gradOutput, ctx.inputSpec(0).shape());
  }
}
