package fluxion.nn;

import fluxion.api.Tensor;

/** {@code max(x, 0)}, element by element. */
public final class ReLU extends Layer {
  private final boolean inPlace;

  /** Makes the layer. */
  public ReLU() {
    this(false);
  }

  /**
   * Makes the layer.
   *
   * @param inPlace whether the input is overwritten
   */
  public ReLU(boolean inPlace) {
    this.inPlace = inPlace;
  }

  @Override
  public Tensor forward(Tensor input) {
    return inPlace ? input.relu_() : input.relu();
  }

  @Override
  protected String extraText() {
    return inPlace ? "inplace=True" : "";
  }
}
