package fluxion.ops.basic.internal;

import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Function;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Primitives;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Elements picked by tuples of int64 indices, the inputs after the first. Its adjoint is {@link
 * IndexSum}.
 *
 * @param plan which dimensions are indexed
 * @param name the name of the node
 */
record Index(IndexPlan plan, String name) implements Function {
  Index(IndexPlan plan) {
    this(plan, "IndexBackward0");
  }

  @Override
  public boolean keepsGradients() {
    return false;
  }

  /** The inputs that are indices, all but the first ones. */
  static Tensor[] indices(@Nullable Tensor[] inputs, int first) {
    Tensor[] indices = new Tensor[inputs.length - first];
    for (int i = 0; i < indices.length; i++) {
      indices[i] = Objects.requireNonNull(inputs[first + i]);
    }
    return indices;
  }

  /** Inputs of a function: tensors and the indices that a call has kept. */
  static @Nullable Tensor[] withKept(Context ctx, int first, @Nullable Tensor... tensors) {
    int count = ctx.inputCount() - first;
    @Nullable Tensor[] inputs = Arrays.copyOf(tensors, tensors.length + count);
    for (int i = 0; i < count; i++) {
      inputs[tensors.length + i] = ctx.input(first + i);
    }
    return inputs;
  }

  /** Keeps the inputs that are indices. */
  static void keep(Context ctx, int first) {
    for (int i = first; i < ctx.inputCount(); i++) {
      ctx.saveInput(i);
    }
  }

  @Override
  public Tensor[] forward(Context ctx, @Nullable Tensor[] inputs) {
    keep(ctx, 1);
    Tensor[] indices = indices(inputs, 1);
    Tensor self = Objects.requireNonNull(inputs[0]);
    Tensor picked = Primitives.indexedGather(plan.front(self), indices);
    return new Tensor[] {plan.placed(picked, indices[0].dim())};
  }

  @Override
  public @Nullable Tensor[] backward(Context ctx, @Nullable Tensor[] gradOutputs) {
    Tensor gradOutput = Objects.requireNonNull(gradOutputs[0]);
    @Nullable Tensor[] gradients = new @Nullable Tensor[ctx.inputCount()];
    Shape front = plan.frontShape(ctx.inputSpec(0).shape());
    Tensor block = plan.leadingBlock(gradOutput, ctx.inputSpec(1).shape().dim());
    gradients[0] = plan.back(Functions.apply(new IndexSum(front), withKept(ctx, 1, block)));
    return gradients;
  }
}
