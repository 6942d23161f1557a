package fluxion.engine.intrinsics;

import fluxion.api.Tensor;
import fluxion.engine.dispatch.Launches;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.UnaryFunction;

/** The copy by which a leaf takes the first gradient of a recorded pass. */
record CopyGradient() implements UnaryFunction {
  @Override
  public boolean keepsGradients() {
    return false;
  }

  @Override
  public String name() {
    return "CopyBackwards";
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
