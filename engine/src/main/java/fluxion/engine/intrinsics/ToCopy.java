package fluxion.engine.intrinsics;

import fluxion.api.DType;
import fluxion.api.Tensor;
import fluxion.engine.dispatch.Launches;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.UnaryFunction;

/**
 * A copy in another dtype; the engine casts the gradient back.
 *
 * @param dtype the dtype
 */
record ToCopy(DType dtype) implements UnaryFunction {
  @Override
  public boolean keepsGradients() {
    return false;
  }

  @Override
  public Tensor forward(Context ctx, Tensor input) {
    return Launches.cast(input, dtype);
  }

  @Override
  public Tensor backward(Context ctx, Tensor gradOutput) {
    return gradOutput;
  }
}
