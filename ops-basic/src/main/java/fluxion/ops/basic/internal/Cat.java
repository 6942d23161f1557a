package fluxion.ops.basic.internal;

import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Function;
import fluxion.engine.spi.Primitives;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tensors joined along a dimension. One of shape {@code [0]} is passed over, as PyTorch does.
 *
 * @param dim the dimension, from 0
 * @param shape the shape of the result
 */
record Cat(int dim, Shape shape) implements Function {
  /** Whether a tensor is passed over whatever the others' shapes. */
  static boolean isSkipped(Shape shape) {
    return shape.dim() == 1 && shape.size(0) == 0;
  }

  @Override
  public Tensor[] forward(Context ctx, @Nullable Tensor[] inputs) {
    Tensor first = Objects.requireNonNull(inputs[0]);
    DType dtype = first.dtype();
    for (Tensor input : inputs) {
      dtype = DType.promote(dtype, Objects.requireNonNull(input).dtype());
    }
    Tensor result = Primitives.zeros(shape, dtype, first);
    long start = 0;
    for (Tensor input : inputs) {
      Tensor tensor = Objects.requireNonNull(input);
      if (!isSkipped(tensor.shape())) {
        long end = start + tensor.size(dim);
        Primitives.copy(tensor, Primitives.alias(result, new Views.Slice(dim, start, end, 1)));
        start = end;
      }
    }
    return new Tensor[] {result};
  }

  @Override
  public @Nullable Tensor[] backward(Context ctx, @Nullable Tensor[] gradOutputs) {
    Tensor gradOutput = Objects.requireNonNull(gradOutputs[0]);
    @Nullable Tensor[] gradients = new @Nullable Tensor[ctx.inputCount()];
    long start = 0;
    for (int i = 0; i < gradients.length; i++) {
      Shape input = ctx.inputSpec(i).shape();
      boolean skipped = isSkipped(input);
      long end = skipped ? start : start + input.size(dim);
      if (ctx.needsGradient(i)) {
        gradients[i] =
            skipped
                ? Primitives.zeros(input, gradOutput.dtype(), gradOutput)
                : gradOutput.slice(dim, start, end);
      }
      start = end;
    }
    return gradients;
  }
}
