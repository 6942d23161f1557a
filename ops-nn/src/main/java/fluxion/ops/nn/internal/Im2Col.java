package fluxion.ops.nn.internal;

import fluxion.api.Tensor;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.UnaryFunction;

/**
 * The windows of a tensor, {@code [lead…, kernel…, output…]}. Its adjoint is {@link Col2Im}.
 *
 * @param windows the windows
 */
record Im2Col(Windows windows) implements UnaryFunction {
  @Override
  public boolean keepsGradients() {
    return false;
  }

  @Override
  public Tensor forward(Context ctx, Tensor input) {
    return windows.of(input).clone();
  }

  @Override
  public Tensor backward(Context ctx, Tensor gradOutput) {
    return Functions.apply(new Col2Im(windows), gradOutput);
  }
}
