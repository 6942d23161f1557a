package fluxion.ops.nn.internal;

import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.engine.spi.BinaryFunction;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Primitives;
import fluxion.engine.spi.ScatterMode;

/**
 * Zeros into which elements are written along a dimension, at int64 indices, the second input. Of
 * several at one place the last one in row-major order stays; the gradient goes to all of them, as
 * in PyTorch.
 *
 * @param dim the dimension, from 0
 * @param shape the shape of the result
 */
record PutAt(int dim, Shape shape) implements BinaryFunction {
  @Override
  public boolean keepsGradients() {
    return false;
  }

  @Override
  public Tensor forward(Context ctx, Tensor source, Tensor index) {
    ctx.saveInput(1);
    Tensor result = Primitives.zeros(shape, source.dtype(), source);
    Primitives.scatterInto(ScatterMode.SET, result, dim, index, source);
    return result;
  }

  @Override
  public Tensor gradient(Context ctx, int input, Tensor gradOutput) {
    return Functions.apply(new PickAt(dim), gradOutput, ctx.input(1));
  }
}
