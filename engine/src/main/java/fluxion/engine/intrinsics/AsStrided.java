package fluxion.engine.intrinsics;

import fluxion.api.Tensor;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Layout;
import fluxion.engine.spi.TensorSpec;
import fluxion.engine.spi.ViewFunction;

/**
 * A view by strides into memory that lies as a given layout says.
 *
 * @param base how the base lies in memory
 * @param view how the view lies there
 */
public record AsStrided(Layout base, Layout view) implements ViewFunction {
  @Override
  public boolean keepsGradients() {
    return false;
  }

  @Override
  public Layout layout(Layout input) {
    return view;
  }

  @Override
  public Tensor backward(TensorSpec input, Tensor gradOutput) {
    return Functions.apply(new Unstride(this), gradOutput);
  }
}
