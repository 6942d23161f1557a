package fluxion.ops.nn.internal;

import fluxion.api.Tensor;
import fluxion.engine.spi.BinaryFunction;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Primitives;

/**
 * Elements picked along a dimension by int64 indices, the second input. Its adjoint is {@link
 * AddAt}.
 *
 * @param dim the dimension, from 0
 */
record PickAt(int dim) implements BinaryFunction {
  @Override
  public boolean keepsGradients() {
    return false;
  }

  @Override
  public Tensor forward(Context ctx, Tensor input, Tensor index) {
    ctx.saveInput(1);
    return Primitives.gather(input, dim, index);
  }

  @Override
  public Tensor gradient(Context ctx, int input, Tensor gradOutput) {
    return Functions.apply(new AddAt(dim, ctx.inputSpec(0).shape()), gradOutput, ctx.input(1));
  }
}
