package fluxion.nn;

/** Drops channels of {@code [N, C, H, W]}. */
public final class Dropout2d extends DropoutLayer {
  /** Makes a layer that drops one half. */
  public Dropout2d() {
    this(0.5);
  }

  /**
   * Makes a layer.
   *
   * @param p the probability with which a part is dropped
   * @throws fluxion.api.ArgumentException if it is no probability
   */
  public Dropout2d(double p) {
    super("dropout2d", p);
  }
}
