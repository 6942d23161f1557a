package fluxion.engine.intrinsics;

import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.engine.dispatch.Launches;
import fluxion.engine.dispatch.Writes;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Layout;
import fluxion.engine.spi.UnaryFunction;

/**
 * A copy that lies in memory as a layout says.
 *
 * @param layout the layout, whose elements do not overlap
 */
record Relayout(Layout layout) implements UnaryFunction {
  @Override
  public boolean keepsGradients() {
    return false;
  }

  @Override
  public Tensor forward(Context ctx, Tensor input) {
    Tensor memory = Launches.zeros(Shape.of(layout.bound()), input.dtype(), input);
    Tensor result = Launches.alias(memory, Intrinsics.in(layout));
    Writes.copy(input, result);
    return result;
  }

  @Override
  public Tensor backward(Context ctx, Tensor gradOutput) {
    return gradOutput;
  }
}
