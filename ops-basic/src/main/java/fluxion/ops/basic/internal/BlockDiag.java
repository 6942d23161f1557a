package fluxion.ops.basic.internal;

import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Function;
import fluxion.engine.spi.Layout;
import fluxion.engine.spi.Primitives;
import fluxion.engine.spi.ViewFunction;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Matrices along the diagonal of a large one, which is 0 elsewhere.
 *
 * @param shape the shape of the result
 */
record BlockDiag(Shape shape) implements Function {
  /** A block of a matrix. */
  private record Block(long row, long column, Shape shape) implements ViewFunction {
    @Override
    public Layout layout(Layout input) {
      return input
          .slice(0, row, row + shape.size(0), 1)
          .slice(1, column, column + shape.size(1), 1);
    }
  }

  @Override
  public Tensor[] forward(Context ctx, @Nullable Tensor[] inputs) {
    Tensor first = Objects.requireNonNull(inputs[0]);
    DType dtype = first.dtype();
    for (Tensor input : inputs) {
      dtype = DType.promote(dtype, Objects.requireNonNull(input).dtype());
    }
    Tensor result = Primitives.zeros(shape, dtype, first);
    long row = 0;
    long column = 0;
    for (Tensor input : inputs) {
      Tensor block = Objects.requireNonNull(input);
      Primitives.copy(block, Primitives.alias(result, new Block(row, column, block.shape())));
      row += block.size(0);
      column += block.size(1);
    }
    return new Tensor[] {result};
  }

  @Override
  public @Nullable Tensor[] backward(Context ctx, @Nullable Tensor[] gradOutputs) {
    Tensor gradOutput = Objects.requireNonNull(gradOutputs[0]);
    @Nullable Tensor[] gradients = new @Nullable Tensor[ctx.inputCount()];
    long row = 0;
    long column = 0;
    for (int i = 0; i < gradients.length; i++) {
      Shape block = ctx.inputSpec(i).shape();
      if (ctx.needsGradient(i)) {
        gradients[i] =
            gradOutput.slice(0, row, row + block.size(0)).slice(1, column, column + block.size(1));
      }
      row += block.size(0);
      column += block.size(1);
    }
    return gradients;
  }
}
