package fluxion.nn;

/** Drops single elements. */
public final class Dropout extends DropoutLayer {
  /** Makes a layer that drops one half. */
  public Dropout() {
    this(0.5);
  }

  /**
   * Makes a layer.
   *
   * @param p the probability with which a part is dropped
   * @throws fluxion.api.ArgumentException if it is no probability
   */
  public Dropout(double p) {
    super("dropout", p);
  }
}
