package fluxion.nn;

import fluxion.api.Tensor;

/** {@code max(x, 0)}, element by element. */
public final class ReLU extends Layer {
  /** Makes the layer. */
  public ReLU() {}

  @Override
  public Tensor forward(Tensor input) {
    return input.relu();
  }
}
