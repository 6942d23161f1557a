package fluxion.ops.nn.internal;

import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.engine.spi.BinaryFunction;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Primitives;

/**
 * Zeros into which elements are added along a dimension, at int64 indices, the second input. Its
 * adjoint is {@link PickAt}.
 *
 * @param dim the dimension, from 0
 * @param shape the shape of the result
 */
record AddAt(int dim, Shape shape) implements BinaryFunction {
  @Override
  public boolean keepsGradients() {
    return false;
  }

  @Override
  public Tensor forward(Context ctx, Tensor source, Tensor index) {
    ctx.saveInput(1);
    return Primitives.scatterAdd(shape, dim, index, source);
  }

  @Override
  public Tensor gradient(Context ctx, int input, Tensor gradOutput) {
    return Functions.apply(new PickAt(dim), gradOutput, ctx.input(1));
  }
}
