package fluxion.ops.nn.internal;

import fluxion.api.ArgumentException;
import fluxion.api.Autograd;
import fluxion.api.AutogradException;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.IndexException;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.PointwiseFunction;
import fluxion.engine.spi.Promotion;
import fluxion.ops.nn.LossReduction;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Losses against classes: checks, and what is composed of other operations. */
final class ClassLosses {
  /** A loss, or 0 where a mask holds. */
  private static final PointwiseFunction MASKED_FILL =
      PointwiseFunction.binary(
          "masked_fill",
          Promotion.SAME,
          (x, mask) -> Expr.select(mask.ne(0), Expr.literal(x.type(), 0), x));

  /** A quotient under the name by which PyTorch's own composites show a number as divisor. */
  private static final PointwiseFunction DIVIDED =
      PointwiseFunction.of("div", 1, 1, Promotion.SAME, (x, s) -> x[0].div(s[0]))
          .node("DivBackward1");

  private ClassLosses() {}

  static int classDim(Tensor input) {
    return NllLoss.classDim(input.shape());
  }

  // ---- negative log-likelihood

  static Tensor nllLoss(
      Tensor input, Tensor target, @Nullable Tensor weight, long ignoreIndex, String reduction) {
    return loss(input, target, weight, ignoreIndex, LossReduction.of(reduction), false);
  }

  /**
   * A loss against classes.
   *
   * @param logits whether the input's log-softmax is to be taken first
   */
  private static Tensor loss(
      Tensor input,
      Tensor target,
      @Nullable Tensor weight,
      long ignoreIndex,
      LossReduction kind,
      boolean logits) {
    int dims = input.dim();
    if (dims < 1) {
      throw new ShapeException("Expected 1 or more dimensions (got " + dims + ")");
    }
    if (dims != 1 && target.dim() == 0) {
      throw new IndexException("Dimension specified as 0 but tensor has no dimensions");
    }
    if (dims != 1 && input.size(0) != target.size(0)) {
      throw new ShapeException(
          "Expected input batch_size ("
              + input.size(0)
              + ") to match target batch_size ("
              + target.size(0)
              + ").");
    }
    if (dims <= 2) {
      checkRows(input, target, weight);
      return apply(input, target, weight, ignoreIndex, kind, logits);
    }
    Shape expected = NllLoss.withoutClass(input.shape());
    if (dims == 4) {
      if (target.dim() != 3) {
        throw new ShapeException(
            "only batches of spatial targets supported (3D tensors) but got targets of dimension: "
                + target.dim());
      }
      if (!target.shape().equals(expected)) {
        throw new ShapeException(
            "size mismatch (got input: " + input.shape() + " , target: " + target.shape());
      }
      checkWeight2d(input, weight);
      return apply(input, target, weight, ignoreIndex, kind, logits);
    }
    if (!target.shape().equals(expected)) {
      throw new ShapeException("Expected target size " + expected + ", got " + target.shape());
    }
    checkWeight2d(input, weight);
    if (logits) {
      Tensor loss = apply(input, target, weight, ignoreIndex, kind, true);
      return kind == LossReduction.NONE ? loss.view(expected.toArray()) : loss;
    }
    long n = input.size(0);
    long rest = n == 0 ? 0 : expected.numel() / n;
    Tensor flat = input.contiguous().view(n, input.size(1), 1, rest);
    Tensor flatTarget = target.contiguous().view(n, 1, rest);
    Tensor loss = apply(flat, flatTarget, weight, ignoreIndex, kind, false);
    return kind == LossReduction.NONE ? loss.view(expected.toArray()) : loss;
  }

  private static void checkRows(Tensor input, Tensor target, @Nullable Tensor weight) {
    if (target.dim() > 1) {
      throw new ShapeException("0D or 1D target tensor expected, multi-target not supported");
    }
    boolean single = input.dim() == 1 && target.dim() == 0;
    if (!single && (input.dim() == 1 || input.size(0) != target.size(0))) {
      throw new ShapeException(
          "size mismatch (got input: " + input.shape() + ", target: " + target.shape() + ")");
    }
    long classes = input.size(-1);
    if (weight != null && (weight.dim() != 1 || weight.numel() != classes)) {
      throw new ShapeException(
          "weight tensor should be defined either for all "
              + classes
              + " classes or no classes but got weight tensor of shape: "
              + weight.shape());
    }
  }

  private static void checkWeight2d(Tensor input, @Nullable Tensor weight) {
    if (weight != null && (weight.dim() != 1 || weight.numel() != input.size(1))) {
      throw new ShapeException(
          "weight tensor should be defined either for all or no classes, got a weight of shape "
              + weight.shape()
              + " for "
              + input.size(1)
              + " classes");
    }
  }

  private static Tensor apply(
      Tensor input,
      Tensor target,
      @Nullable Tensor weight,
      long ignoreIndex,
      LossReduction kind,
      boolean logits) {
    if (!input.dtype().isFloatingPoint()) {
      throw new DTypeException(
          "\"nll_loss_out_frame\" not implemented for '" + input.dtype().typeName() + "'");
    }
    if (target.dtype() != DType.INT64 && target.dtype() != DType.UINT8) {
      throw expected(DType.INT64, target.dtype());
    }
    if (weight != null && weight.dtype() != input.dtype()) {
      throw expected(input.dtype(), weight.dtype());
    }
    refuseGradient("nll_loss_forward", "weight", weight);
    NllLoss loss = new NllLoss(ignoreIndex, kind, input.dim() > 2);
    Tensor classes = target.to(DType.INT64);
    return logits
        ? Functions.applyAll(new CrossEntropy(loss), input, classes, weight)[0]
        : Functions.apply(loss, input, classes, weight);
  }

  private static DTypeException expected(DType wanted, DType found) {
    return new DTypeException(
        "expected scalar type " + wanted.typeName() + " but found " + found.typeName());
  }

  /** Refuses an argument to which a gradient would have to flow, but cannot. */
  static void refuseGradient(String function, String argument, @Nullable Tensor tensor) {
    if (tensor != null && tensor.requiresGrad() && Autograd.isGradEnabled()) {
      throw new AutogradException(
          "The function '"
              + function
              + "' is not differentiable with respect to argument '"
              + argument
              + "'. This input cannot have requires_grad True.");
    }
  }

  // ---- cross entropy

  static Tensor crossEntropy(
      Tensor input,
      Tensor target,
      @Nullable Tensor weight,
      long ignoreIndex,
      String reduction,
      double labelSmoothing) {
    LossReduction kind = LossReduction.of(reduction);
    if (input.shape().equals(target.shape())) {
      return againstProbabilities(input, target, weight, ignoreIndex, kind, labelSmoothing);
    }
    if (labelSmoothing <= 0 && isPlain(input)) {
      return loss(input, target, weight, ignoreIndex, kind, true);
    }
    Tensor logProbabilities = Softmaxes.log(input, classDim(input), null);
    Tensor loss = nllLoss(logProbabilities, target, weight, ignoreIndex, reduction);
    if (labelSmoothing <= 0) {
      return loss;
    }
    checkSmoothing(labelSmoothing);
    Tensor even = evenLoss(logProbabilities, target, weight, ignoreIndex, kind);
    double classes = input.size(classDim(input));
    return loss.mul(1 - labelSmoothing).add(even.mul(labelSmoothing / classes));
  }

  /** Whether softmax takes an input, and there is something in it. */
  private static boolean isPlain(Tensor input) {
    return input.dim() > 0 && input.numel() > 0 && input.dtype().isFloatingPoint();
  }

  private static Tensor againstProbabilities(
      Tensor input,
      Tensor target,
      @Nullable Tensor weight,
      long ignoreIndex,
      LossReduction kind,
      double labelSmoothing) {
    if (!target.dtype().isFloatingPoint()) {
      throw new DTypeException(
          "Expected floating point type for target with class probabilities, got "
              + target.dtype().typeName());
    }
    if (ignoreIndex >= 0) {
      throw new ArgumentException("ignore_index is not supported for floating point target");
    }
    int dim = classDim(input);
    long classes = input.size(dim);
    if (weight != null && (weight.dim() != 1 || weight.numel() != classes)) {
      throw new ShapeException(
          "cross_entropy: weight tensor should be defined either for all "
              + classes
              + " classes or no classes but got weight tensor of shape: "
              + weight.shape());
    }
    Tensor products =
        Softmaxes.log(input, dim, null).mul(smoothed(target, labelSmoothing, classes));
    if (weight != null) {
      products = products.mul(along(weight, input));
    }
    return switch (kind) {
      case NONE -> products.sum(dim).neg();
      case SUM -> products.sum().neg();
      case MEAN -> DIVIDED.call(products.sum().neg(), Scalar.of((double) input.numel() / classes));
    };
  }

  private static Tensor smoothed(Tensor target, double labelSmoothing, long classes) {
    if (labelSmoothing <= 0) {
      return target;
    }
    checkSmoothing(labelSmoothing);
    return target.mul(1 - labelSmoothing).add(labelSmoothing / classes);
  }

  private static void checkSmoothing(double labelSmoothing) {
    if (labelSmoothing > 1) {
      throw new ArgumentException(
          "label_smoothing must be between 0.0 and 1.0. Got: " + labelSmoothing);
    }
  }

  /** The loss against the uniform distribution, times the number of classes. */
  private static Tensor evenLoss(
      Tensor logProbabilities,
      Tensor target,
      @Nullable Tensor weight,
      long ignoreIndex,
      LossReduction kind) {
    int dim = classDim(logProbabilities);
    Tensor weighted =
        weight == null ? logProbabilities : logProbabilities.mul(along(weight, logProbabilities));
    Tensor losses = MASKED_FILL.call(weighted.sum(dim).neg(), target.eq(ignoreIndex));
    return switch (kind) {
      case NONE -> losses;
      case SUM -> losses.sum();
      case MEAN ->
          losses
              .sum()
              .div(
                  NllLoss.totalWeight(
                      logProbabilities, target.to(DType.INT64), weight, Scalar.of(ignoreIndex)));
    };
  }

  /** A weight for each class, shaped so that it broadcasts with the input. */
  private static Tensor along(Tensor weight, Tensor input) {
    long[] shape = new long[input.dim()];
    Arrays.fill(shape, 1);
    shape[classDim(input)] = weight.numel();
    return weight.view(shape);
  }
}
