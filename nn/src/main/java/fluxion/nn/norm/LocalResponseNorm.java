package fluxion.nn.norm;

import fluxion.api.Tensor;
import fluxion.api.spi.OpSite;
import fluxion.nn.Layer;
import fluxion.nn.internal.Texts;
import fluxion.ops.nn.NormalizationCall;

/** Divides by the strength of neighbouring channels: Krizhevsky and others, 2012. */
public final class LocalResponseNorm extends Layer {
  private static final OpSite<NormalizationCall.LocalResponse> OPERATOR =
      OpSite.of("local_response_norm", NormalizationCall.LocalResponse.class);

  private final long size;
  private final double alpha;
  private final double beta;
  private final double k;

  /**
   * Makes a layer with alpha 1e-4, beta 0.75 and k 1.
   *
   * @param size the number of neighbouring channels
   */
  public LocalResponseNorm(long size) {
    this(size, 1e-4, 0.75, 1);
  }

  /**
   * Makes a layer.
   *
   * @param size the number of neighbouring channels
   * @param alpha the factor of their mean square
   * @param beta the exponent
   * @param k what is added to it
   */
  public LocalResponseNorm(long size, double alpha, double beta, double k) {
    this.size = size;
    this.alpha = alpha;
    this.beta = beta;
    this.k = k;
  }

  @Override
  public Tensor forward(Tensor input) {
    return OPERATOR.get().apply(input, size, alpha, beta, k);
  }

  @Override
  protected String extraText() {
    return size + ", alpha=" + Texts.of(alpha) + ", beta=" + Texts.of(beta) + ", k=" + Texts.of(k);
  }
}
