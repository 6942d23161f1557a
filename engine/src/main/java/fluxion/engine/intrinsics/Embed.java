package fluxion.engine.intrinsics;

import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.engine.dispatch.Launches;
import fluxion.engine.dispatch.Writes;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.UnaryFunction;
import fluxion.engine.spi.ViewFunction;

/**
 * Zeros with given elements where a view's elements lie: the gradient of a view.
 *
 * @param view the view, whose elements do not overlap
 * @param shape the shape of the zeros
 */
public record Embed(ViewFunction view, Shape shape) implements UnaryFunction {
  @Override
  public boolean keepsGradients() {
    return false;
  }

  @Override
  public Tensor forward(Context ctx, Tensor input) {
    Tensor result = Launches.zeros(shape, input.dtype(), input);
    Writes.copy(input, Launches.alias(result, view));
    return result;
  }

  @Override
  public Tensor backward(Context ctx, Tensor gradOutput) {
    return Functions.view(view, gradOutput);
  }
}
