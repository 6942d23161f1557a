package fluxion.nn;

import fluxion.api.DType;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.nn.internal.Starts;
import fluxion.nn.internal.Texts;
import fluxion.ops.nn.Functional;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The linear map {@code x Wᵀ + b}.
 *
 * <p>Weight W {@code [out, in]} and bias b {@code [out]} start uniformly distributed between {@code
 * −1/√in} and {@code 1/√in}, drawn in this order from the default generator: the numbers are those
 * of PyTorch after the same seed. It takes {@code […, in]} and gives {@code […, out]}.
 */
public final class Linear extends Layer {
  private final long inFeatures;
  private final long outFeatures;
  private final Tensor weight;
  private final @Nullable Tensor bias;

  /**
   * Makes a layer with a bias, in float32.
   *
   * @param inFeatures the size of an input
   * @param outFeatures the size of an output
   */
  public Linear(long inFeatures, long outFeatures) {
    this(inFeatures, outFeatures, true);
  }

  /**
   * Makes a layer in float32.
   *
   * @param inFeatures the size of an input
   * @param outFeatures the size of an output
   * @param bias whether there is a bias
   */
  public Linear(long inFeatures, long outFeatures, boolean bias) {
    this(inFeatures, outFeatures, bias, TensorOptions.of(DType.FLOAT32));
  }

  /**
   * Makes a layer.
   *
   * @param inFeatures the size of an input
   * @param outFeatures the size of an output
   * @param bias whether there is a bias
   * @param options dtype and device of the parameters
   */
  public Linear(long inFeatures, long outFeatures, boolean bias, TensorOptions options) {
    this.inFeatures = inFeatures;
    this.outFeatures = outFeatures;
    this.weight = register("weight", Starts.empty(options, outFeatures, inFeatures));
    this.bias = bias ? register("bias", Starts.empty(options, outFeatures)) : null;
    Starts.weightAndBias(weight, this.bias);
  }

  @Override
  public Tensor forward(Tensor input) {
    return Functional.linear(input, weight, bias);
  }

  /** {@return the weight, {@code [out, in]}} */
  public Tensor weight() {
    return weight;
  }

  /** {@return the bias, {@code [out]}, if there is one} */
  public Optional<Tensor> bias() {
    return Optional.ofNullable(bias);
  }

  /** {@return the size of an input} */
  public long inFeatures() {
    return inFeatures;
  }

  /** {@return the size of an output} */
  public long outFeatures() {
    return outFeatures;
  }

  @Override
  protected String extraText() {
    return "in_features="
        + inFeatures
        + ", out_features="
        + outFeatures
        + ", bias="
        + Texts.of(bias != null);
  }
}
