package fluxion.ops.basic.internal;

import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Function;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Primitives;
import fluxion.engine.spi.ScatterMode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Zeros into which values are added at tuples of int64 indices of the leading dimensions, the
 * inputs after the first.
 *
 * @param shape the shape of the result
 */
record IndexSum(Shape shape) implements Function {
  @Override
  public boolean keepsGradients() {
    return false;
  }

  @Override
  public Tensor[] forward(Context ctx, @Nullable Tensor[] inputs) {
    Index.keep(ctx, 1);
    Tensor values = Objects.requireNonNull(inputs[0]);
    Tensor result = Primitives.zeros(shape, values.dtype(), values);
    Primitives.indexedScatterInto(ScatterMode.ADD, result, Index.indices(inputs, 1), values);
    return new Tensor[] {result};
  }

  @Override
  public @Nullable Tensor[] backward(Context ctx, @Nullable Tensor[] gradOutputs) {
    @Nullable Tensor[] gradients = new @Nullable Tensor[ctx.inputCount()];
    Index adjoint = new Index(IndexPlan.leading(ctx.inputCount() - 1));
    gradients[0] = Functions.apply(adjoint, Index.withKept(ctx, 1, gradOutputs[0]));
    return gradients;
  }
}
