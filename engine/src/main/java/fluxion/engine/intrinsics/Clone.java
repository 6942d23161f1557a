package fluxion.engine.intrinsics;

import fluxion.api.Tensor;
import fluxion.engine.dispatch.Launches;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.UnaryFunction;

/** A copy in row-major order. */
record Clone() implements UnaryFunction {
  @Override
  public boolean keepsGradients() {
    return false;
  }

  @Override
  public Tensor forward(Context ctx, Tensor input) {
    return Launches.cast(input, input.dtype());
  }

  @Override
  public Tensor backward(Context ctx, Tensor gradOutput) {
    return gradOutput;
  }
}
