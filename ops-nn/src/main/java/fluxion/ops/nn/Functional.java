package fluxion.ops.nn;

import fluxion.api.DType;
import fluxion.api.Tensor;
import fluxion.api.spi.Call;
import fluxion.api.spi.OpSite;
import org.jspecify.annotations.Nullable;

/**
 * Neural-network operators, as {@code torch.nn.functional} has them.
 *
 * <p>N is the size of a batch, C the number of classes. Operators throw {@link
 * fluxion.api.ShapeException} for shapes and {@link fluxion.api.DTypeException} for dtypes that do
 * not fit.
 */
public final class Functional {
  private static final long NOTHING_IGNORED = -100;

  private static final OpSite<Call.Unary> RELU = OpSite.of("relu", Call.Unary.class);
  private static final OpSite<Call.Unary> RELU_ = OpSite.of("relu_", Call.Unary.class);
  private static final OpSite<Call.Unary> SIGMOID = OpSite.of("sigmoid", Call.Unary.class);
  private static final OpSite<Call.Unary> SIGMOID_ = OpSite.of("sigmoid_", Call.Unary.class);
  private static final OpSite<Call.DimDType> SOFTMAX = OpSite.of("softmax", Call.DimDType.class);
  private static final OpSite<Call.DimDType> LOG_SOFTMAX =
      OpSite.of("log_softmax", Call.DimDType.class);
  private static final OpSite<NnCall.ClassLoss> NLL_LOSS =
      OpSite.of("nll_loss", NnCall.ClassLoss.class);
  private static final OpSite<NnCall.CrossEntropy> CROSS_ENTROPY =
      OpSite.of("cross_entropy", NnCall.CrossEntropy.class);
  private static final OpSite<NnCall.LogitsLoss> BINARY_CROSS_ENTROPY_WITH_LOGITS =
      OpSite.of("binary_cross_entropy_with_logits", NnCall.LogitsLoss.class);
  private static final OpSite<NnCall.Loss> MSE_LOSS = OpSite.of("mse_loss", NnCall.Loss.class);
  private static final OpSite<NnCall.Loss> L1_LOSS = OpSite.of("l1_loss", NnCall.Loss.class);
  private static final OpSite<NnCall.ParameterLoss> SMOOTH_L1_LOSS =
      OpSite.of("smooth_l1_loss", NnCall.ParameterLoss.class);
  private static final OpSite<NnCall.ParameterLoss> HUBER_LOSS =
      OpSite.of("huber_loss", NnCall.ParameterLoss.class);
  private static final OpSite<Call.Ternary> LINEAR = OpSite.of("linear", Call.Ternary.class);
  private static final OpSite<NnCall.SgdStep> SGD_STEP_ =
      OpSite.of("sgd_step_", NnCall.SgdStep.class);

  private Functional() {}

  /**
   * {@return {@code max(x, 0)}; NaN stays, the gradient at 0 is 0}
   *
   * @param input a tensor of any shape and dtype but bool
   */
  public static Tensor relu(Tensor input) {
    return RELU.get().apply(input);
  }

  /**
   * Replaces negative elements by 0.
   *
   * @param input a tensor of any shape and dtype but bool
   * @return the tensor
   */
  public static Tensor relu_(Tensor input) {
    return RELU_.get().apply(input);
  }

  /**
   * {@return {@code 1 / (1 + exp(−x))}; integers and bools give float32}
   *
   * @param input a tensor of any shape
   */
  public static Tensor sigmoid(Tensor input) {
    return SIGMOID.get().apply(input);
  }

  /**
   * Replaces each element by its sigmoid.
   *
   * @param input a floating-point tensor of any shape
   * @return the tensor
   */
  public static Tensor sigmoid_(Tensor input) {
    return SIGMOID_.get().apply(input);
  }

  /**
   * {@return {@code exp(x) / Σ exp(x)} along a dimension, without overflow}
   *
   * @param input a floating-point tensor
   * @param dim the dimension, negative from the end
   * @throws fluxion.api.IndexException if there is no such dimension
   */
  public static Tensor softmax(Tensor input, int dim) {
    return SOFTMAX.get().apply(input, dim, null);
  }

  /**
   * {@return {@code exp(x) / Σ exp(x)} along a dimension, without overflow}
   *
   * @param input a tensor
   * @param dim the dimension, negative from the end
   * @param dtype the dtype to which the input is cast first
   * @throws fluxion.api.IndexException if there is no such dimension
   */
  public static Tensor softmax(Tensor input, int dim, DType dtype) {
    return SOFTMAX.get().apply(input, dim, dtype);
  }

  /**
   * {@return {@code x − log Σ exp(x)} along a dimension, without overflow}
   *
   * @param input a floating-point tensor
   * @param dim the dimension, negative from the end
   * @throws fluxion.api.IndexException if there is no such dimension
   */
  public static Tensor logSoftmax(Tensor input, int dim) {
    return LOG_SOFTMAX.get().apply(input, dim, null);
  }

  /**
   * {@return {@code x − log Σ exp(x)} along a dimension, without overflow}
   *
   * @param input a tensor
   * @param dim the dimension, negative from the end
   * @param dtype the dtype to which the input is cast first
   * @throws fluxion.api.IndexException if there is no such dimension
   */
  public static Tensor logSoftmax(Tensor input, int dim, DType dtype) {
    return LOG_SOFTMAX.get().apply(input, dim, dtype);
  }

  /**
   * {@return the mean negative log-likelihood of classes, {@code −x[target]}}
   *
   * @param input log-probabilities, {@code [C]}, {@code [N, C]} or {@code [N, C, d1, …]}
   * @param target int64 indices of classes, of the input's shape without C; −100 does not count
   * @throws fluxion.api.IndexException if there is no such class
   */
  public static Tensor nllLoss(Tensor input, Tensor target) {
    return nllLoss(input, target, null, NOTHING_IGNORED, LossReduction.MEAN);
  }

  /**
   * {@return the negative log-likelihood of classes, {@code −weight[target] · x[target]}}
   *
   * <p>The mean is divided by the sum of the weights of the targets that count; it is NaN if none
   * does.
   *
   * @param input log-probabilities, {@code [C]}, {@code [N, C]} or {@code [N, C, d1, …]}
   * @param target int64 indices of classes, of the input's shape without C
   * @param weight a weight for each class, {@code [C]}, or null; no gradient flows to it
   * @param ignoreIndex the target that does not count
   * @param reduction what becomes of the losses
   * @throws fluxion.api.IndexException if there is no such class
   */
  public static Tensor nllLoss(
      Tensor input,
      Tensor target,
      @Nullable Tensor weight,
      long ignoreIndex,
      LossReduction reduction) {
    return NLL_LOSS.get().apply(input, target, weight, ignoreIndex, reduction.text());
  }

  /**
   * {@return the mean cross entropy of logits and targets}
   *
   * @param input logits, {@code [C]}, {@code [N, C]} or {@code [N, C, d1, …]}
   * @param target int64 indices of classes, of the input's shape without C, where −100 does not
   *     count; or probabilities of the input's shape
   * @throws fluxion.api.IndexException if there is no such class
   */
  public static Tensor crossEntropy(Tensor input, Tensor target) {
    return crossEntropy(input, target, LossReduction.MEAN);
  }

  /**
   * {@return the cross entropy of logits and targets}
   *
   * @param input logits, {@code [C]}, {@code [N, C]} or {@code [N, C, d1, …]}
   * @param target int64 indices of classes, of the input's shape without C, where −100 does not
   *     count; or probabilities of the input's shape
   * @param reduction what becomes of the losses
   * @throws fluxion.api.IndexException if there is no such class
   */
  public static Tensor crossEntropy(Tensor input, Tensor target, LossReduction reduction) {
    return crossEntropy(input, target, null, NOTHING_IGNORED, reduction, 0);
  }

  /**
   * {@return the cross entropy of logits and targets}
   *
   * <p>With l the log-softmax of the logits: {@code −weight[target] · l[target]} for indices,
   * {@code −Σ weight · target · l} for probabilities. The mean over indices is divided by the sum
   * of the weights of the targets that count, the mean over probabilities by their number.
   *
   * @param input logits, {@code [C]}, {@code [N, C]} or {@code [N, C, d1, …]}
   * @param target int64 indices of classes, of the input's shape without C, or probabilities of the
   *     input's shape
   * @param weight a weight for each class, {@code [C]}, or null
   * @param ignoreIndex the index that does not count; negative if the targets are probabilities
   * @param reduction what becomes of the losses
   * @param labelSmoothing which part of a target is spread evenly over all classes, 0 to 1
   * @throws fluxion.api.IndexException if there is no such class
   * @throws fluxion.api.ArgumentException if the smoothing is over 1, or an index is to be ignored
   *     among probabilities
   */
  public static Tensor crossEntropy(
      Tensor input,
      Tensor target,
      @Nullable Tensor weight,
      long ignoreIndex,
      LossReduction reduction,
      double labelSmoothing) {
    return CROSS_ENTROPY
        .get()
        .apply(input, target, weight, ignoreIndex, reduction.text(), labelSmoothing);
  }

  /**
   * {@return the mean binary cross entropy of logits and probabilities}
   *
   * @param input logits of any shape
   * @param target probabilities of the same shape
   */
  public static Tensor binaryCrossEntropyWithLogits(Tensor input, Tensor target) {
    return binaryCrossEntropyWithLogits(input, target, null, null, LossReduction.MEAN);
  }

  /**
   * {@return the binary cross entropy of logits and probabilities}
   *
   * <p>{@code weight · ((1 − t) · x + (1 + (posWeight − 1) · t) · log(1 + exp(−x)))}, which neither
   * overflows nor cancels. No gradient flows to the weights.
   *
   * @param input logits of any shape
   * @param target probabilities of the same shape
   * @param weight a factor of each loss, expanded to that shape, or null for 1
   * @param posWeight a factor of the positive part, expanded to that shape, or null for 1
   * @param reduction what becomes of the losses
   */
  public static Tensor binaryCrossEntropyWithLogits(
      Tensor input,
      Tensor target,
      @Nullable Tensor weight,
      @Nullable Tensor posWeight,
      LossReduction reduction) {
    return BINARY_CROSS_ENTROPY_WITH_LOGITS
        .get()
        .apply(input, target, weight, posWeight, reduction.text());
  }

  /**
   * {@return the mean of {@code (input − target)²}}
   *
   * @param input a floating-point tensor
   * @param target a floating-point tensor; shapes broadcast
   */
  public static Tensor mseLoss(Tensor input, Tensor target) {
    return mseLoss(input, target, LossReduction.MEAN);
  }

  /**
   * {@return {@code (input − target)²}, reduced}
   *
   * @param input a floating-point tensor
   * @param target a floating-point tensor; shapes broadcast
   * @param reduction what becomes of the losses
   */
  public static Tensor mseLoss(Tensor input, Tensor target, LossReduction reduction) {
    return MSE_LOSS.get().apply(input, target, reduction.text());
  }

  /**
   * {@return {@code |input − target|}, reduced; the gradient is 0 where they are equal}
   *
   * @param input a floating-point tensor
   * @param target a floating-point tensor; shapes broadcast
   * @param reduction what becomes of the losses
   */
  public static Tensor l1Loss(Tensor input, Tensor target, LossReduction reduction) {
    return L1_LOSS.get().apply(input, target, reduction.text());
  }

  /**
   * {@return of d = input − target {@code d² / 2β} where {@code |d| < β}, else {@code |d| − β / 2},
   * reduced}
   *
   * @param input a floating-point tensor
   * @param target a floating-point tensor; shapes broadcast
   * @param reduction what becomes of the losses
   * @param beta β, at least 0; with 0 it is {@link #l1Loss}
   * @throws fluxion.api.ArgumentException if {@code beta} is negative
   */
  public static Tensor smoothL1Loss(
      Tensor input, Tensor target, LossReduction reduction, double beta) {
    return SMOOTH_L1_LOSS.get().apply(input, target, reduction.text(), beta);
  }

  /**
   * {@return of d = input − target {@code d² / 2} where {@code |d| ≤ δ}, else {@code δ (|d| − δ /
   * 2)}, reduced}
   *
   * @param input a floating-point tensor
   * @param target a floating-point tensor; shapes broadcast
   * @param reduction what becomes of the losses
   * @param delta δ, above 0
   * @throws fluxion.api.ArgumentException if {@code delta} is not positive
   */
  public static Tensor huberLoss(
      Tensor input, Tensor target, LossReduction reduction, double delta) {
    return HUBER_LOSS.get().apply(input, target, reduction.text(), delta);
  }

  /**
   * {@return {@code x Wᵀ}}
   *
   * @param input x, {@code […, in]}
   * @param weight W, {@code [out, in]}
   */
  public static Tensor linear(Tensor input, Tensor weight) {
    return LINEAR.get().apply(input, weight, null);
  }

  /**
   * {@return {@code x Wᵀ + b}}
   *
   * @param input x, {@code […, in]}
   * @param weight W, {@code [out, in]}
   * @param bias b, {@code [out]}, or null
   */
  public static Tensor linear(Tensor input, Tensor weight, @Nullable Tensor bias) {
    return LINEAR.get().apply(input, weight, bias);
  }

  /**
   * Makes one step of stochastic gradient descent, in place and without recording:
   *
   * <pre>{@code
   * d = ±grad + weightDecay · p
   * b = momentum · b + (1 − dampening) · d      (b = d in the first step)
   * p = p − lr · (nesterov ? d + momentum · b : b)
   * }</pre>
   *
   * <p>Without a momentum buffer, {@code p = p − lr · d}.
   *
   * @param parameter p, a floating-point tensor of any shape
   * @param grad its gradient, of its shape
   * @param momentumBuffer b, of its shape, or null without momentum
   * @param lr the learning rate
   * @param momentum the factor of the buffer
   * @param dampening what the gradient's factor in the buffer lacks to 1
   * @param weightDecay the factor with which the parameter is added to its gradient
   * @param nesterov whether the step looks ahead along the momentum
   * @param maximize whether to ascend: the gradient's sign is turned
   * @param firstStep whether the buffer holds nothing yet and is to be set
   * @return the parameter
   * @throws fluxion.api.ArgumentException if there is momentum but no buffer
   * @throws fluxion.api.ShapeException if a shape is not the parameter's
   * @throws fluxion.api.DTypeException if a dtype is not the parameter's, or not a floating one
   */
  public static Tensor sgdStep(
      Tensor parameter,
      Tensor grad,
      @Nullable Tensor momentumBuffer,
      double lr,
      double momentum,
      double dampening,
      double weightDecay,
      boolean nesterov,
      boolean maximize,
      boolean firstStep) {
    return SGD_STEP_
        .get()
        .apply(
            parameter,
            grad,
            momentumBuffer,
            lr,
            momentum,
            dampening,
            weightDecay,
            nesterov,
            maximize,
            firstStep);
  }
}
