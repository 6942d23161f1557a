package fluxion.ops.nn;

import fluxion.api.Scalar;
import fluxion.api.Tensor;
import fluxion.api.spi.Call;
import fluxion.api.spi.OpSite;

/** Activations as {@code torch.nn.functional} has them, beyond those of {@link Functional}. */
public final class ActivationFunctions {
  private static final OpSite<Call.Unary> SILU = OpSite.of("silu", Call.Unary.class);
  private static final OpSite<Call.Unary> MISH = OpSite.of("mish", Call.Unary.class);
  private static final OpSite<Call.Unary> LOGSIGMOID = OpSite.of("logsigmoid", Call.Unary.class);
  private static final OpSite<Call.Unary> RELU6 = OpSite.of("relu6", Call.Unary.class);
  private static final OpSite<Call.Unary> HARDSWISH = OpSite.of("hardswish", Call.Unary.class);
  private static final OpSite<Call.Unary> SELU = OpSite.of("selu", Call.Unary.class);
  private static final OpSite<Call.Unary> TANHSHRINK = OpSite.of("tanhshrink", Call.Unary.class);
  private static final OpSite<Call.BinaryScalar> LEAKY_RELU =
      OpSite.of("leaky_relu", Call.BinaryScalar.class);
  private static final OpSite<Call.BinaryScalar> ELU = OpSite.of("elu", Call.BinaryScalar.class);
  private static final OpSite<Call.BinaryScalar> CELU = OpSite.of("celu", Call.BinaryScalar.class);
  private static final OpSite<Call.BinaryScalar> HARDSHRINK =
      OpSite.of("hardshrink", Call.BinaryScalar.class);
  private static final OpSite<Call.BinaryScalar> SOFTSHRINK =
      OpSite.of("softshrink", Call.BinaryScalar.class);
  private static final OpSite<NnCall.TwoParameters> HARDTANH =
      OpSite.of("hardtanh", NnCall.TwoParameters.class);
  private static final OpSite<NnCall.TwoParameters> SOFTPLUS =
      OpSite.of("softplus", NnCall.TwoParameters.class);
  private static final OpSite<NnCall.TwoParameters> THRESHOLD =
      OpSite.of("threshold", NnCall.TwoParameters.class);
  private static final OpSite<NnCall.Named> GELU = OpSite.of("gelu", NnCall.Named.class);

  private ActivationFunctions() {}

  /**
   * {@return {@code x · sigmoid(x)}}
   *
   * @param input a tensor of any shape
   */
  public static Tensor silu(Tensor input) {
    return SILU.get().apply(input);
  }

  /**
   * {@return {@code x · tanh(softplus(x))}}
   *
   * @param input a tensor of any shape
   */
  public static Tensor mish(Tensor input) {
    return MISH.get().apply(input);
  }

  /**
   * {@return {@code log(sigmoid(x))}, without overflow}
   *
   * @param input a tensor of any shape
   */
  public static Tensor logSigmoid(Tensor input) {
    return LOGSIGMOID.get().apply(input);
  }

  /**
   * {@return {@code min(max(x, 0), 6)}; the gradient at 0 and 6 is 0}
   *
   * @param input a tensor of any shape
   */
  public static Tensor relu6(Tensor input) {
    return RELU6.get().apply(input);
  }

  /**
   * {@return {@code x · relu6(x + 3) / 6}}
   *
   * @param input a tensor of any shape
   */
  public static Tensor hardswish(Tensor input) {
    return HARDSWISH.get().apply(input);
  }

  /**
   * {@return the scaled exponential linear unit with its fixed constants}
   *
   * @param input a tensor of any shape
   */
  public static Tensor selu(Tensor input) {
    return SELU.get().apply(input);
  }

  /**
   * {@return {@code x − tanh(x)}}
   *
   * @param input a tensor of any shape
   */
  public static Tensor tanhshrink(Tensor input) {
    return TANHSHRINK.get().apply(input);
  }

  /**
   * {@return {@code x} where it is positive, else {@code slope · x}}
   *
   * @param input a floating-point tensor of any shape
   * @param negativeSlope the slope
   */
  public static Tensor leakyRelu(Tensor input, double negativeSlope) {
    return LEAKY_RELU.get().apply(input, Scalar.of(negativeSlope));
  }

  /**
   * {@return {@code x} where it is positive, else {@code α (exp(x) − 1)}}
   *
   * @param input a floating-point tensor of any shape
   * @param alpha α
   */
  public static Tensor elu(Tensor input, double alpha) {
    return ELU.get().apply(input, Scalar.of(alpha));
  }

  /**
   * {@return {@code x} where it is positive, else {@code α (exp(x / α) − 1)}}
   *
   * @param input a floating-point tensor of any shape
   * @param alpha α, not 0
   */
  public static Tensor celu(Tensor input, double alpha) {
    return CELU.get().apply(input, Scalar.of(alpha));
  }

  /**
   * {@return {@code x}, but 0 where {@code |x| ≤ λ}}
   *
   * @param input a floating-point tensor of any shape
   * @param lambda λ
   */
  public static Tensor hardshrink(Tensor input, double lambda) {
    return HARDSHRINK.get().apply(input, Scalar.of(lambda));
  }

  /**
   * {@return {@code x} moved towards 0 by λ, and 0 where {@code |x| ≤ λ}}
   *
   * @param input a floating-point tensor of any shape
   * @param lambda λ, not negative
   */
  public static Tensor softshrink(Tensor input, double lambda) {
    return SOFTSHRINK.get().apply(input, Scalar.of(lambda));
  }

  /**
   * {@return {@code x} held between two bounds; the gradient at the bounds is 0}
   *
   * @param input a floating-point tensor of any shape
   * @param minVal the lower bound
   * @param maxVal the upper bound
   */
  public static Tensor hardtanh(Tensor input, double minVal, double maxVal) {
    return HARDTANH.get().apply(input, Scalar.of(minVal), Scalar.of(maxVal));
  }

  /**
   * {@return {@code log(1 + exp(β x)) / β}, and {@code x} where {@code β x} is above a threshold}
   *
   * @param input a floating-point tensor of any shape
   * @param beta β
   * @param threshold the threshold
   */
  public static Tensor softplus(Tensor input, double beta, double threshold) {
    return SOFTPLUS.get().apply(input, Scalar.of(beta), Scalar.of(threshold));
  }

  /**
   * {@return {@code x} where it is above a threshold, else a value}
   *
   * @param input a floating-point tensor of any shape
   * @param threshold the threshold
   * @param value the value
   */
  public static Tensor threshold(Tensor input, double threshold, double value) {
    return THRESHOLD.get().apply(input, Scalar.of(threshold), Scalar.of(value));
  }

  /**
   * {@return {@code x · Φ(x)}, where Φ is the distribution function of the standard normal
   * distribution}
   *
   * @param input a floating-point tensor of any shape
   */
  public static Tensor gelu(Tensor input) {
    return GELU.get().apply(input, "none");
  }

  /**
   * {@return {@code x · Φ(x)} with Φ approximated by a tanh: {@code 0.5 x (1 + tanh(√(2/π) (x +
   * 0.044715 x³)))}}
   *
   * @param input a floating-point tensor of any shape
   */
  public static Tensor geluTanh(Tensor input) {
    return GELU.get().apply(input, "tanh");
  }
}
