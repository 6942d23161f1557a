package fluxion.nn;

/** Drops single elements so that mean and variance stay, for self-normalising networks. */
public final class AlphaDropout extends DropoutLayer {
  /** Makes a layer that drops one half. */
  public AlphaDropout() {
    this(0.5);
  }

  /**
   * Makes a layer.
   *
   * @param p the probability with which a part is dropped
   * @throws fluxion.api.ArgumentException if it is no probability
   */
  public AlphaDropout(double p) {
    super("alpha_dropout", p);
  }
}
