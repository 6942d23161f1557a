package fluxion.nn.norm;

import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.spi.OpSite;
import fluxion.nn.Layer;
import fluxion.nn.internal.Sizes;
import fluxion.nn.internal.Starts;
import fluxion.nn.internal.Texts;
import fluxion.ops.nn.NormalizationCall;
import org.jspecify.annotations.Nullable;

/**
 * Divides the trailing dimensions by their root mean square: Zhang and Sennrich, <i>Root Mean
 * Square Layer Normalization</i>, 2019. The weight has the sizes of these dimensions.
 */
public final class RMSNorm extends Layer {
  private static final OpSite<NormalizationCall.RootMeanSquare> OPERATOR =
      OpSite.of("rms_norm", NormalizationCall.RootMeanSquare.class);

  private final long[] normalizedShape;
  private final @Nullable Double eps;
  private final @Nullable Tensor weight;

  /**
   * Makes a layer with a weight, in float32.
   *
   * @param normalizedShape the sizes of the trailing dimensions
   */
  public RMSNorm(long... normalizedShape) {
    this(null, true, TensorOptions.DEFAULT, normalizedShape);
  }

  /**
   * Makes a layer.
   *
   * @param eps what is added to the mean square; null for the dtype's epsilon
   * @param affine whether there is a weight
   * @param tensors dtype and device of the weight
   * @param normalizedShape the sizes of the trailing dimensions
   */
  public RMSNorm(
      @Nullable Double eps, boolean affine, TensorOptions tensors, long... normalizedShape) {
    this.normalizedShape = normalizedShape.clone();
    this.eps = eps;
    this.weight = affine ? register("weight", Starts.ones(tensors, normalizedShape)) : null;
  }

  @Override
  public Tensor forward(Tensor input) {
    return OPERATOR.get().apply(input, normalizedShape, weight, eps);
  }

  @Override
  protected String extraText() {
    return Texts.tuple(Sizes.of(normalizedShape))
        + ", eps="
        + Texts.orNone(eps)
        + ", elementwise_affine="
        + Texts.of(weight != null);
  }
}
