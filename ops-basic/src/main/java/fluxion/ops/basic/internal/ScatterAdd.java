package fluxion.ops.basic.internal;

import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.engine.spi.BinaryFunction;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Primitives;
import org.jspecify.annotations.Nullable;

/**
 * Zeros into which elements are added along a dimension, at int64 indices, the second input.
 *
 * @param dim the dimension, from 0
 * @param shape the shape of the result
 */
record ScatterAdd(int dim, Shape shape) implements BinaryFunction {
  @Override
  public Tensor forward(Context ctx, Tensor source, Tensor index) {
    ctx.saveInput(1);
    return Primitives.scatterAdd(shape, dim, index, source);
  }

  @Override
  public @Nullable Tensor gradient(Context ctx, int input, Tensor gradOutput) {
    return Functions.apply(new Gather(dim), gradOutput, ctx.input(1));
  }
}
