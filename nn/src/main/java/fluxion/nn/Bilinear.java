package fluxion.nn;

import fluxion.api.ArgumentException;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.spi.OpSite;
import fluxion.nn.internal.Starts;
import fluxion.nn.internal.Texts;
import fluxion.ops.nn.ConvolutionCall;
import org.jspecify.annotations.Nullable;

/**
 * The bilinear map {@code x₁ᵀ W x₂ + b}.
 *
 * <p>Weight {@code [out, in1, in2]} and bias {@code [out]} start uniformly distributed between
 * ±1/√in1, drawn in this order as PyTorch draws them.
 */
public final class Bilinear extends Layer {
  private static final OpSite<ConvolutionCall.Bilinear> OPERATOR =
      OpSite.of("bilinear", ConvolutionCall.Bilinear.class);

  private final Tensor weight;
  private final @Nullable Tensor bias;

  /**
   * Makes a layer with a bias, in float32.
   *
   * @param in1Features the size of a first input
   * @param in2Features the size of a second input
   * @param outFeatures the size of an output
   */
  public Bilinear(long in1Features, long in2Features, long outFeatures) {
    this(in1Features, in2Features, outFeatures, true, TensorOptions.DEFAULT);
  }

  /**
   * Makes a layer.
   *
   * @param in1Features the size of a first input
   * @param in2Features the size of a second input
   * @param outFeatures the size of an output
   * @param bias whether there is a bias
   * @param tensors dtype and device of the parameters
   */
  public Bilinear(
      long in1Features, long in2Features, long outFeatures, boolean bias, TensorOptions tensors) {
    if (in1Features <= 0) {
      throw new ArgumentException("in1_features must be > 0, but got " + in1Features);
    }
    this.weight = register("weight", Starts.empty(tensors, outFeatures, in1Features, in2Features));
    this.bias = bias ? register("bias", Starts.empty(tensors, outFeatures)) : null;
    double bound = 1 / Math.sqrt((double) in1Features);
    parameters().forEach(parameter -> Init.uniform_(parameter, -bound, bound));
  }

  /**
   * {@return the map of two tensors, {@code […, out]}}
   *
   * @param input1 {@code […, in1]}
   * @param input2 {@code […, in2]}
   */
  public Tensor forward(Tensor input1, Tensor input2) {
    return OPERATOR.get().apply(input1, input2, weight, bias);
  }

  /**
   * Refuses: there are two inputs.
   *
   * @throws ArgumentException always
   */
  @Override
  public Tensor forward(Tensor input) {
    throw new ArgumentException(
        "Bilinear.forward() missing 1 required positional argument: 'input2'");
  }

  @Override
  protected String extraText() {
    return "in1_features="
        + weight.size(1)
        + ", in2_features="
        + weight.size(2)
        + ", out_features="
        + weight.size(0)
        + ", bias="
        + Texts.of(bias != null);
  }
}
