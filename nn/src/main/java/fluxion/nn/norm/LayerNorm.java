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
 * Brings the trailing dimensions to mean 0 and variance 1: Ba and others, <i>Layer
 * Normalization</i>, 2016. Weight and bias have the sizes of these dimensions.
 */
public final class LayerNorm extends Layer {
  private static final OpSite<NormalizationCall.Layer> OPERATOR =
      OpSite.of("layer_norm", NormalizationCall.Layer.class);

  private final long[] normalizedShape;
  private final double eps;
  private final @Nullable Tensor weight;
  private final @Nullable Tensor bias;

  /**
   * Makes a layer with weight and bias, eps 1e-5, in float32.
   *
   * @param normalizedShape the sizes of the trailing dimensions
   */
  public LayerNorm(long... normalizedShape) {
    this(1e-5, true, true, TensorOptions.DEFAULT, normalizedShape);
  }

  /**
   * Makes a layer.
   *
   * @param eps what is added to the variance
   * @param affine whether there is a weight
   * @param bias whether there is, with a weight, a bias
   * @param tensors dtype and device of the parameters
   * @param normalizedShape the sizes of the trailing dimensions
   */
  public LayerNorm(
      double eps, boolean affine, boolean bias, TensorOptions tensors, long... normalizedShape) {
    this.normalizedShape = normalizedShape.clone();
    this.eps = eps;
    this.weight = affine ? register("weight", Starts.ones(tensors, normalizedShape)) : null;
    this.bias = affine && bias ? register("bias", Starts.zeros(tensors, normalizedShape)) : null;
  }

  @Override
  public Tensor forward(Tensor input) {
    return OPERATOR.get().apply(input, normalizedShape, weight, bias, eps);
  }

  @Override
  protected String extraText() {
    return Texts.tuple(Sizes.of(normalizedShape))
        + ", eps="
        + Texts.of(eps)
        + ", elementwise_affine="
        + Texts.of(weight != null);
  }
}
