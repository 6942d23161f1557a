package fluxion.ops.nn.internal;

import fluxion.api.Tensor;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.UnaryFunction;

/**
 * A tensor into which the elements of its windows, {@code [lead…, kernel…, output…]}, are added.
 * Its adjoint is {@link Im2Col}.
 *
 * @param windows the windows
 */
record Col2Im(Windows windows) implements UnaryFunction {
  @Override
  public boolean keepsGradients() {
    return false;
  }

  @Override
  public Tensor forward(Context ctx, Tensor input) {
    return windows.fold(input);
  }

  @Override
  public Tensor backward(Context ctx, Tensor gradOutput) {
    return Functions.apply(new Im2Col(windows), gradOutput);
  }
}
