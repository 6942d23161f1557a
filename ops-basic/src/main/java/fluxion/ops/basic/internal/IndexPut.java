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
 * A tensor with values, the second input, written or added at tuples of int64 indices, the inputs
 * after that.
 *
 * @param plan which dimensions are indexed
 * @param accumulate whether values are added
 * @param name the name of the node
 */
record IndexPut(IndexPlan plan, boolean accumulate, String name) implements UpdateFunction {
  @Override
  public boolean keepsGradients() {
    return false;
  }

  @Override
  public void update(Context ctx, Tensor target, @Nullable Tensor[] inputs) {
    Index.keep(ctx, 2);
    Tensor[] indices = Index.indices(inputs, 2);
    Tensor values = Objects.requireNonNull(inputs[1]);
    Shape shape = plan.resultShape(target.shape(), indices[0].shape());
    Tensor expanded = Primitives.alias(values, layout -> layout.expand(shape));
    Primitives.indexedScatterInto(
        accumulate ? ScatterMode.ADD : ScatterMode.SET,
        plan.front(target),
        indices,
        plan.blockFirst(expanded, indices[0].dim()));
  }

  @Override
  public @Nullable Tensor[] backward(Context ctx, @Nullable Tensor[] gradOutputs) {
    Tensor gradOutput = Objects.requireNonNull(gradOutputs[0]);
    @Nullable Tensor[] gradients = new @Nullable Tensor[ctx.inputCount()];
    if (ctx.needsGradient(0)) {
      gradients[0] = accumulate ? gradOutput : cleared(ctx, gradOutput);
    }
    if (ctx.needsGradient(1)) {
      gradients[1] = Functions.apply(new Index(plan), Index.withKept(ctx, 2, gradOutput));
    }
    return gradients;
  }

  /** The cotangent with zeros where values were written. */
  private Tensor cleared(Context ctx, Tensor gradOutput) {
    Tensor zero = Primitives.zeros(Shape.SCALAR, gradOutput.dtype(), gradOutput);
    return Functions.apply(this, Index.withKept(ctx, 2, gradOutput, zero));
  }
}
