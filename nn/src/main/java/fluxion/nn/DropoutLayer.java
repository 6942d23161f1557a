package fluxion.nn;

import fluxion.api.ArgumentException;
import fluxion.api.Tensor;
import fluxion.api.spi.OpSite;
import fluxion.nn.internal.Texts;
import fluxion.ops.nn.ActivationCall;

/**
 * Drops parts of its input at random in training, and makes up for them: Srivastava and others,
 * <i>Dropout</i>, 2014. In evaluation it gives back what it is given.
 */
public abstract sealed class DropoutLayer extends Layer
    permits AlphaDropout, Dropout, Dropout1d, Dropout2d, Dropout3d, FeatureAlphaDropout {
  private final double p;
  private final OpSite<ActivationCall.Dropout> operator;

  DropoutLayer(String operator, double p) {
    if (!(p >= 0 && p <= 1)) {
      throw new ArgumentException(
          "dropout probability has to be between 0 and 1, but got " + Texts.of(p));
    }
    this.p = p;
    this.operator = OpSite.of(operator, ActivationCall.Dropout.class);
  }

  @Override
  public final Tensor forward(Tensor input) {
    return operator.get().apply(input, p, isTraining());
  }

  @Override
  protected final String extraText() {
    return "p=" + Texts.of(p) + ", inplace=False";
  }
}
