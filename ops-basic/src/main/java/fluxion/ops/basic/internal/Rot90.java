package fluxion.ops.basic.internal;

import fluxion.api.Tensor;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Layout;
import fluxion.engine.spi.Primitives;
import fluxion.engine.spi.UnaryFunction;

/**
 * A rotation by quarter turns in the plane of two dimensions.
 *
 * @param k how many, from 0 to 3
 * @param dim0 the dimension from which it turns
 * @param dim1 the dimension towards which it turns
 */
record Rot90(int k, int dim0, int dim1) implements UnaryFunction {
  @Override
  public boolean keepsGradients() {
    return false;
  }

  private Layout turned(Layout layout) {
    int rank = layout.shape().dim();
    Dims first = new Dims(1L << dim0, rank);
    Dims second = new Dims(1L << dim1, rank);
    return switch (k) {
      case 1 -> Flip.reversed(layout, second).transpose(dim0, dim1);
      case 2 -> Flip.reversed(Flip.reversed(layout, first), second);
      case 3 -> Flip.reversed(layout, first).transpose(dim0, dim1);
      default -> layout;
    };
  }

  @Override
  public Tensor forward(Context ctx, Tensor input) {
    return Primitives.copyOf(Primitives.alias(input, this::turned));
  }

  @Override
  public Tensor backward(Context ctx, Tensor gradOutput) {
    return Functions.apply(new Rot90((4 - k) % 4, dim0, dim1), gradOutput);
  }
}
