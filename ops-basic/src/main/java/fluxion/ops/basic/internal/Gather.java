package fluxion.ops.basic.internal;

import fluxion.api.Tensor;
import fluxion.engine.spi.BinaryFunction;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Primitives;
import org.jspecify.annotations.Nullable;

/**
 * Elements picked along a dimension by int64 indices, the second input. Its adjoint is {@link
 * ScatterAdd}.
 *
 * @param dim the dimension, from 0
 * @param drop whether the dimension, of which one element is picked, is dropped
 * @param name the name of the node
 */
record Gather(int dim, boolean drop, String name) implements BinaryFunction {
  Gather(int dim) {
    this(dim, false, "GatherBackward0");
  }

  @Override
  public Tensor forward(Context ctx, Tensor input, Tensor index) {
    ctx.saveInput(1);
    Tensor picked = Primitives.gather(input, dim, index);
    return drop ? Primitives.alias(picked, new Views.Squeeze(dim)) : picked;
  }

  @Override
  public @Nullable Tensor gradient(Context ctx, int input, Tensor gradOutput) {
    ScatterAdd adjoint = new ScatterAdd(dim, ctx.inputSpec(0).shape());
    Tensor gradient = drop ? gradOutput.unsqueeze(dim) : gradOutput;
    return Functions.apply(adjoint, gradient, ctx.input(1));
  }
}
