package fluxion.nn;

import fluxion.api.Tensor;

/** Joins neighbouring dimensions to one: all but the first, unless told otherwise. */
public final class Flatten extends Layer {
  private final int startDim;
  private final int endDim;

  /** Makes a layer that leaves the first dimension. */
  public Flatten() {
    this(1, -1);
  }

  /**
   * Makes a layer.
   *
   * @param startDim the first dimension that is joined, negative from the end
   * @param endDim the last one
   */
  public Flatten(int startDim, int endDim) {
    this.startDim = startDim;
    this.endDim = endDim;
  }

  @Override
  public Tensor forward(Tensor input) {
    return input.flatten(startDim, endDim);
  }

  @Override
  protected String extraText() {
    return "start_dim=" + startDim + ", end_dim=" + endDim;
  }
}
