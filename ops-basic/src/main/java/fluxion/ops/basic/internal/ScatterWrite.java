package fluxion.ops.basic.internal;

import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Primitives;
import fluxion.engine.spi.ScatterMode;
import fluxion.engine.spi.UpdateFunction;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A tensor with values, the second input, written or added along a dimension at int64 indices, the
 * third input.
 *
 * @param dim the dimension, from 0
 * @param add whether values are added
 */
record ScatterWrite(int dim, boolean add) implements UpdateFunction {
  @Override
  public boolean keepsGradients() {
    return false;
  }

  @Override
  public String name() {
    return add ? "ScatterAddBackward0" : "ScatterBackward0";
  }

  @Override
  public void update(Context ctx, Tensor target, @Nullable Tensor[] inputs) {
    ctx.saveInput(2);
    Tensor source = Objects.requireNonNull(inputs[1]);
    Tensor index = Objects.requireNonNull(inputs[2]);
    Primitives.scatterInto(
        add ? ScatterMode.ADD : ScatterMode.SET,
        target,
        dim,
        index,
        Primitives.alias(source, layout -> layout.expand(index.shape())));
  }

  @Override
  public @Nullable Tensor[] backward(Context ctx, @Nullable Tensor[] gradOutputs) {
    Tensor gradOutput = Objects.requireNonNull(gradOutputs[0]);
    Tensor index = ctx.input(2);
    Tensor self = null;
    if (ctx.needsGradient(0)) {
      Tensor zero = Primitives.zeros(Shape.SCALAR, gradOutput.dtype(), gradOutput);
      self = add ? gradOutput : Functions.apply(this, gradOutput, zero, index);
    }
    return new @Nullable Tensor[] {
      self, ctx.needsGradient(1) ? Functions.apply(new Gather(dim), gradOutput, index) : null, null
    };
  }
}
