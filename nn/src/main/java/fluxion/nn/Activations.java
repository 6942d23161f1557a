package fluxion.nn;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.api.spi.Call;
import fluxion.api.spi.OpSite;
import fluxion.nn.internal.Texts;
import fluxion.ops.nn.ActivationCall;
import fluxion.ops.nn.ActivationFunctions;
import fluxion.ops.nn.Functional;

/**
 * Layers that compute a function element by element, or along one dimension: one line each. They
 * print as PyTorch's modules of the same names.
 *
 * {@snippet :
 * var model = new Sequential(new Linear(2, 8), Activations.gelu(), new Linear(8, 1));
 * }
 */
public final class Activations {
  private static final OpSite<Call.Unary> HARDSIGMOID = OpSite.of("hardsigmoid", Call.Unary.class);
  private static final OpSite<Call.Unary> SOFTSIGN = OpSite.of("softsign", Call.Unary.class);
  private static final OpSite<Call.Dim> GLU = OpSite.of("glu", Call.Dim.class);
  private static final OpSite<Call.DimDType> SOFTMIN = OpSite.of("softmin", Call.DimDType.class);
  private static final OpSite<Call.Binary> PRELU = OpSite.of("prelu", Call.Binary.class);
  private static final OpSite<ActivationCall.RandomSlope> RRELU =
      OpSite.of("rrelu", ActivationCall.RandomSlope.class);

  private Activations() {}

  /** {@return 1 / (1 + exp(−x))} */
  public static Activation sigmoid() {
    return new Activation("Sigmoid", "", Tensor::sigmoid);
  }

  /** {@return the hyperbolic tangent} */
  public static Activation tanh() {
    return new Activation("Tanh", "", Tensor::tanh);
  }

  /** {@return x · sigmoid(x)} */
  public static Activation silu() {
    return new Activation("SiLU", "", ActivationFunctions::silu);
  }

  /** {@return x · tanh(softplus(x))} */
  public static Activation mish() {
    return new Activation("Mish", "", ActivationFunctions::mish);
  }

  /** {@return log(sigmoid(x))} */
  public static Activation logSigmoid() {
    return new Activation("LogSigmoid", "", ActivationFunctions::logSigmoid);
  }

  /** {@return min(max(x, 0), 6)} */
  public static Activation relu6() {
    return new Activation("ReLU6", "", ActivationFunctions::relu6);
  }

  /** {@return x · min(max(x + 3, 0), 6) / 6} */
  public static Activation hardswish() {
    return new Activation("Hardswish", "", ActivationFunctions::hardswish);
  }

  /** {@return min(max(x + 3, 0), 6) / 6} */
  public static Activation hardsigmoid() {
    return new Activation("Hardsigmoid", "", x -> HARDSIGMOID.get().apply(x));
  }

  /** {@return x / (1 + |x|)} */
  public static Activation softsign() {
    return new Activation("Softsign", "", x -> SOFTSIGN.get().apply(x));
  }

  /** {@return x − tanh(x)} */
  public static Activation tanhshrink() {
    return new Activation("Tanhshrink", "", ActivationFunctions::tanhshrink);
  }

  /** {@return the self-normalising exponential unit} */
  public static Activation selu() {
    return new Activation("SELU", "", ActivationFunctions::selu);
  }

  /** {@return x · Φ(x), Φ the normal distribution function} */
  public static Activation gelu() {
    return new Activation("GELU", "approximate='none'", ActivationFunctions::gelu);
  }

  /** {@return x · Φ(x), with Φ by a hyperbolic tangent} */
  public static Activation geluTanh() {
    return new Activation("GELU", "approximate='tanh'", ActivationFunctions::geluTanh);
  }

  /**
   * {@return max(x, 0) + slope · min(x, 0)}
   *
   * @param negativeSlope the slope below 0; 0.01 is usual
   */
  public static Activation leakyRelu(double negativeSlope) {
    return new Activation(
        "LeakyReLU",
        "negative_slope=" + Texts.of(negativeSlope),
        x -> ActivationFunctions.leakyRelu(x, negativeSlope));
  }

  /**
   * {@return x above 0, α · (exp(x) − 1) below}
   *
   * @param alpha the factor α; 1 is usual
   */
  public static Activation elu(double alpha) {
    return new Activation(
        "ELU", "alpha=" + Texts.of(alpha), x -> ActivationFunctions.elu(x, alpha));
  }

  /**
   * {@return x above 0, α · (exp(x / α) − 1) below}
   *
   * @param alpha the factor α; 1 is usual
   */
  public static Activation celu(double alpha) {
    return new Activation(
        "CELU", "alpha=" + Texts.of(alpha), x -> ActivationFunctions.celu(x, alpha));
  }

  /**
   * {@return x where |x| exceeds a bound, else 0}
   *
   * @param lambda the bound; 0.5 is usual
   */
  public static Activation hardshrink(double lambda) {
    return new Activation(
        "Hardshrink", Texts.of(lambda), x -> ActivationFunctions.hardshrink(x, lambda));
  }

  /**
   * {@return x moved towards 0 by a bound, at most to 0}
   *
   * @param lambda the bound; 0.5 is usual
   */
  public static Activation softshrink(double lambda) {
    return new Activation(
        "Softshrink", Texts.of(lambda), x -> ActivationFunctions.softshrink(x, lambda));
  }

  /**
   * {@return min(max(x, least), most)}
   *
   * @param minVal the least value; −1 is usual
   * @param maxVal the greatest value; 1 is usual
   */
  public static Activation hardtanh(double minVal, double maxVal) {
    return new Activation(
        "Hardtanh",
        "min_val=" + Texts.of(minVal) + ", max_val=" + Texts.of(maxVal),
        x -> ActivationFunctions.hardtanh(x, minVal, maxVal));
  }

  /**
   * {@return log(1 + exp(β · x)) / β}
   *
   * @param beta the factor β; 1 is usual
   * @param threshold from where on of β · x it is x; 20 is usual
   */
  public static Activation softplus(double beta, double threshold) {
    return new Activation(
        "Softplus",
        "beta=" + Texts.of(beta) + ", threshold=" + Texts.of(threshold),
        x -> ActivationFunctions.softplus(x, beta, threshold));
  }

  /**
   * {@return x above a threshold, else a value}
   *
   * @param threshold the threshold
   * @param value what stands for smaller ones
   */
  public static Activation threshold(double threshold, double value) {
    return new Activation(
        "Threshold",
        "threshold=" + Texts.of(threshold) + ", value=" + Texts.of(value),
        x -> ActivationFunctions.threshold(x, threshold, value));
  }

  /**
   * {@return exp(x) over its sum}
   *
   * @param dim along which dimension
   */
  public static Activation softmax(int dim) {
    return new Activation("Softmax", "dim=" + dim, x -> Functional.softmax(x, dim));
  }

  /**
   * {@return the logarithm of {@link #softmax}}
   *
   * @param dim along which dimension
   */
  public static Activation logSoftmax(int dim) {
    return new Activation("LogSoftmax", "dim=" + dim, x -> Functional.logSoftmax(x, dim));
  }

  /**
   * {@return exp(−x) over its sum}
   *
   * @param dim along which dimension
   */
  public static Activation softmin(int dim) {
    return new Activation("Softmin", "dim=" + dim, x -> SOFTMIN.get().apply(x, dim, null));
  }

  /** {@return {@link #softmax} over the channels of images} */
  public static Activation softmax2d() {
    return new Activation("Softmax2d", "", x -> Functional.softmax(x, -3));
  }

  /**
   * {@return the first half times the sigmoid of the second}
   *
   * @param dim along which dimension
   */
  public static Activation glu(int dim) {
    return new Activation("GLU", "dim=" + dim, x -> GLU.get().apply(x, dim));
  }

  /**
   * {@return max(x, 0) + slope · min(x, 0), in training with slopes drawn uniformly, in evaluation
   * with their mean}
   *
   * @param lower the least slope; 1/8 is usual
   * @param upper the greatest slope; 1/3 is usual
   */
  public static Activation rrelu(double lower, double upper) {
    return new Activation(
        "RReLU",
        "lower=" + Texts.of(lower) + ", upper=" + Texts.of(upper),
        x -> RRELU.get().apply(x, lower, upper, false),
        x -> RRELU.get().apply(x, lower, upper, true));
  }

  /**
   * {@return max(x, 0) + weight · min(x, 0), whose weight is trained}
   *
   * @param numParameters 1, or the number of channels
   * @param init what the weight starts from; 0.25 is usual
   * @param tensors dtype and device of the weight
   */
  public static Activation prelu(long numParameters, double init, TensorOptions tensors) {
    TensorOptions options = tensors.dtype() == null ? tensors.dtype(DType.FLOAT32) : tensors;
    Tensor weight = Tensors.full(Scalar.of(init), options.requiresGrad(false), numParameters);
    return new Activation(
        "PReLU", "num_parameters=" + numParameters, weight, (x, w) -> PRELU.get().apply(x, w));
  }
}
