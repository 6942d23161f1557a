package fluxion.nn;

/** Drops channels so that mean and variance stay. */
public final class FeatureAlphaDropout extends DropoutLayer {
  /** Makes a layer that drops one half. */
  public FeatureAlphaDropout() {
    this(0.5);
  }

  /**
   * Makes a layer.
   *
   * @param p the probability with which a part is dropped
   * @throws fluxion.api.ArgumentException if it is no probability
   */
  public FeatureAlphaDropout(double p) {
    super("feature_alpha_dropout", p);
  }
}
