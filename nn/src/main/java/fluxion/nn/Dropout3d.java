package fluxion.nn;

/** Drops channels of {@code [N, C, D, H, W]}. */
public final class Dropout3d extends DropoutLayer {
  /** Makes a layer that drops one half. */
  public Dropout3d() {
    this(0.5);
  }

  /**
   * Makes a layer.
   *
   * @param p the probability with which a part is dropped
   * @throws fluxion.api.ArgumentException if it is no probability
   */
  public Dropout3d(double p) {
    super("dropout3d", p);
  }
}
