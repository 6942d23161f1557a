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
 * Tensors of one shape joined along a new dimension.
 *
 * @param dim the new dimension, from 0
 */
record Stack(int dim) implements Function {
  @Override
  public Tensor[] forward(Context ctx, @Nullable Tensor[] inputs) {
    Tensor first = Objects.requireNonNull(inputs[0]);
    DType dtype = first.dtype();
    for (Tensor input : inputs) {
      dtype = DType.promote(dtype, Objects.requireNonNull(input).dtype());
    }
    long[] sizes = new long[first.dim() + 1];
    for (int d = 0; d < sizes.length; d++) {
      sizes[d] = d == dim ? inputs.length : first.size(d < dim ? d : d - 1);
    }
    Tensor result = Primitives.zeros(Shape.of(sizes), dtype, first);
    for (int i = 0; i < inputs.length; i++) {
      Primitives.copy(
          Objects.requireNonNull(inputs[i]), Primitives.alias(result, new Views.Select(dim, i)));
    }
    return new Tensor[] {result};
  }

  @Override
  public @Nullable Tensor[] backward(Context ctx, @Nullable Tensor[] gradOutputs) {
    Tensor gradOutput = Objects.requireNonNull(gradOutputs[0]);
    @Nullable Tensor[] gradients = new @Nullable Tensor[ctx.inputCount()];
    for (int i = 0; i < gradients.length; i++) {
      gradients[i] = ctx.needsGradient(i) ? gradOutput.select(dim, i) : null;
    }
    return gradients;
  }
}
