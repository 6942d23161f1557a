package fluxion.ops.nn.internal;

import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.engine.spi.BinaryFunction;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Primitives;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a table, {@code [N, D]}, at int64 indices {@code [N]}, the second input. The gradient
 * goes to the rows that were used.
 *
 * @param paddingIdx a row that gets no gradient, or −1
 * @param byFrequency whether a row's gradient is divided by how often it is used
 */
record EmbeddingRows(long paddingIdx, boolean byFrequency) implements BinaryFunction {
  @Override
  public boolean keepsGradients() {
    return false;
  }

  @Override
  public String name() {
    return "EmbeddingBackward0";
  }

  @Override
  public Tensor forward(Context ctx, Tensor weight, Tensor indices) {
    ctx.saveInput(1);
    return Primitives.gather(weight, 0, rows(indices, weight.size(1)));
  }

  /** The index of a row for each of its elements. */
  static Tensor rows(Tensor indices, long width) {
    return indices.unsqueeze(1).expand(indices.size(0), width);
  }

  @Override
  public @Nullable Tensor gradient(Context ctx, int input, Tensor gradOutput) {
    if (input == 1) {
      return null;
    }
    Tensor indices = ctx.input(1);
    Shape shape = ctx.inputSpec(0).shape();
    Tensor g = gradOutput;
    if (byFrequency && indices.numel() > 0) {
      TensorOptions options = TensorOptions.of(g.dtype()).device(g.device());
      Tensor ones = Tensors.ones(options, indices.size(0));
      Tensor counts = Functions.apply(new AddAt(0, Shape.of(shape.size(0))), ones, indices);
      g = g.div(counts.gather(0, indices).unsqueeze(1));
    }
    if (paddingIdx >= 0) {
      g = g.maskedFill(indices.eq(paddingIdx).unsqueeze(1), 0L);
    }
    return Functions.apply(new AddAt(0, shape), g, rows(indices.to(DType.INT64), shape.size(1)));
  }
}
