package fluxion.ops.basic.internal;

import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Primitives;
import fluxion.engine.spi.UnaryFunction;

/**
 * Zeros with given diagonals.
 *
 * @param diagonal where they lie
 * @param shape the shape of the result
 */
record DiagEmbed(Diagonals.Diagonal diagonal, Shape shape) implements UnaryFunction {
  @Override
  public boolean keepsGradients() {
    return false;
  }

  @Override
  public Tensor forward(Context ctx, Tensor input) {
    Tensor result = Primitives.zeros(shape, input.dtype(), input);
    Primitives.copy(input, Primitives.alias(result, diagonal));
    return result;
  }

  @Override
  public Tensor backward(Context ctx, Tensor gradOutput) {
    return Functions.view(diagonal, gradOutput);
  }
}
