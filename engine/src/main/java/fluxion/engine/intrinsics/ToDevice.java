package fluxion.engine.intrinsics;

import fluxion.api.Device;
import fluxion.api.Tensor;
import fluxion.engine.dispatch.Launches;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.UnaryFunction;

/**
 * A copy on another device; the engine brings the gradient back.
 *
 * @param device the device
 */
record ToDevice(Device device) implements UnaryFunction {
  @Override
  public boolean keepsGradients() {
    return false;
  }

  @Override
  public String name() {
    return "ToCopyBackward0";
  }

  @Override
  public Tensor forward(Context ctx, Tensor input) {
    return Launches.copyTo(input, device);
  }

  @Override
  public Tensor backward(Context ctx, Tensor gradOutput) {
    return gradOutput;
  }
}
