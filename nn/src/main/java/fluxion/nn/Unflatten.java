package fluxion.nn;

import fluxion.api.Tensor;
import fluxion.nn.internal.Sizes;
import fluxion.nn.internal.Texts;

/** Divides one dimension into several. */
public final class Unflatten extends Layer {
  private final int dim;
  private final long[] sizes;

  /**
   * Makes a layer.
   *
   * @param dim the dimension, negative from the end
   * @param sizes what it is divided into; one may be −1
   */
  public Unflatten(int dim, long... sizes) {
    this.dim = dim;
    this.sizes = sizes.clone();
  }

  @Override
  public Tensor forward(Tensor input) {
    return input.unflatten(dim, sizes);
  }

  @Override
  protected String extraText() {
    return "dim=" + dim + ", unflattened_size=" + Texts.tuple(Sizes.of(sizes));
  }
}
