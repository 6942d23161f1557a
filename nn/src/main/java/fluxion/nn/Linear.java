package fluxion.nn;

import fluxion.api.Autograd;
import fluxion.api.DType;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
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
    // The bound of Kaiming's initialisation with slope √5, in the order in which PyTorch rounds it.
    double slope = Math.sqrt(5);
    double deviation = Math.sqrt(2 / (1 + slope * slope)) / Math.sqrt((double) inFeatures);
    this.weight =
        register("weight", uniform(Math.sqrt(3) * deviation, options, outFeatures, inFeatures));
    double bound = inFeatures > 0 ? 1 / Math.sqrt((double) inFeatures) : 0;
    this.bias = bias ? register("bias", uniform(bound, options, outFeatures)) : null;
  }

  private static Tensor uniform(double bound, TensorOptions options, long... size) {
    try (var _ = Autograd.noGrad()) {
      Tensor values = Tensors.rand(options.requiresGrad(false), size);
      // PyTorch rounds the bounds to the dtype before it takes their difference.
      double high = values.dtype() == DType.FLOAT64 ? bound : (float) bound;
      return values.numel() == 0 ? values : values.mul_(high + high).sub_(high);
    }
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
        + (bias == null ? "False" : "True");
  }
}
