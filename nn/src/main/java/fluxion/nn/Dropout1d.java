package fluxion.nn;

/** Drops channels of {@code [N, C, L]} or {@code [C, L]}. */
public final class Dropout1d extends DropoutLayer {
  /** Makes a layer that drops one half. */
  public Dropout1d() {
    this(0.5);
  }

  /**
   * Makes a layer.
   *
   * @param p the probability with which a part is dropped
   * @throws fluxion.api.ArgumentException if it is no probability
   */
  public Dropout1d(double p) {
    super("dropout1d", p);
  }
}
