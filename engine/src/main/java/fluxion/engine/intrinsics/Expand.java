package fluxion.engine.intrinsics;

import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.engine.spi.Layout;
import fluxion.engine.spi.TensorSpec;
import fluxion.engine.spi.ViewFunction;

/**
 * A view in which dimensions of size 1 are repeated; the engine sums the gradient back.
 *
 * @param shape the shape of the view
 */
record Expand(Shape shape) implements ViewFunction {
  @Override
  public boolean keepsGradients() {
    return false;
  }

  @Override
  public Layout layout(Layout input) {
    return input.expand(shape);
  }

  @Override
  public Tensor backward(TensorSpec input, Tensor gradOutput) {
    return gradOutput;
  }
}
