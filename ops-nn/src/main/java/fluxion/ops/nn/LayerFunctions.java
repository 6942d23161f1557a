package fluxion.ops.nn;

import fluxion.api.Scalar;
import fluxion.api.Tensor;
import fluxion.api.spi.Call;
import fluxion.api.spi.OpSite;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the layers of networks compute, as {@code torch.nn.functional} has it: the operators that
 * programs call most. All others, and all their parameters, are there by name ({@link
 * fluxion.api.Ops#call}).
 */
public final class LayerFunctions {
  private static final OpSite<ConvolutionCall.Convolution> CONV1D =
      OpSite.of("conv1d", ConvolutionCall.Convolution.class);
  private static final OpSite<ConvolutionCall.Convolution> CONV2D =
      OpSite.of("conv2d", ConvolutionCall.Convolution.class);
  private static final OpSite<ConvolutionCall.Transposed> CONV_TRANSPOSE2D =
      OpSite.of("conv_transpose2d", ConvolutionCall.Transposed.class);
  private static final OpSite<PoolCall.Max> MAX_POOL2D =
      OpSite.of("max_pool2d", PoolCall.Max.class);
  private static final OpSite<PoolCall.Average> AVG_POOL2D =
      OpSite.of("avg_pool2d", PoolCall.Average.class);
  private static final OpSite<PoolCall.AdaptiveAverage> ADAPTIVE_AVG_POOL2D =
      OpSite.of("adaptive_avg_pool2d", PoolCall.AdaptiveAverage.class);
  private static final OpSite<NormalizationCall.Batch> BATCH_NORM =
      OpSite.of("batch_norm", NormalizationCall.Batch.class);
  private static final OpSite<NormalizationCall.Layer> LAYER_NORM =
      OpSite.of("layer_norm", NormalizationCall.Layer.class);
  private static final OpSite<EmbeddingCall.Embedding> EMBEDDING =
      OpSite.of("embedding", EmbeddingCall.Embedding.class);
  private static final OpSite<ActivationCall.Dropout> DROPOUT =
      OpSite.of("dropout", ActivationCall.Dropout.class);
  private static final OpSite<AttentionCall.ScaledDotProduct> ATTENTION =
      OpSite.of("scaled_dot_product_attention", AttentionCall.ScaledDotProduct.class);

  private static final OpSite<Call.BinaryScalar> CLAMP_MIN =
      OpSite.of("clamp_min", Call.BinaryScalar.class);

  private LayerFunctions() {}

  private static long[] one(long value) {
    return new long[] {value};
  }

  /**
   * {@return a convolution over one dimension, {@code [N, O, L']}}
   *
   * @param input {@code [N, C, L]} or {@code [C, L]}
   * @param weight {@code [O, C, K]}
   * @param bias {@code [O]}, or null
   * @param stride the step of the kernel
   * @param padding the number of zeros on both sides
   */
  public static Tensor conv1d(
      Tensor input, Tensor weight, @Nullable Tensor bias, long stride, long padding) {
    return CONV1D.get().apply(input, weight, bias, one(stride), one(padding), one(1), 1);
  }

  /**
   * {@return a convolution over two dimensions, {@code [N, O, H', W']}}
   *
   * @param input {@code [N, C, H, W]} or {@code [C, H, W]}
   * @param weight {@code [O, C, K, L]}
   * @param bias {@code [O]}, or null
   * @param stride the step of the kernel
   * @param padding the number of zeros on all sides
   */
  public static Tensor conv2d(
      Tensor input, Tensor weight, @Nullable Tensor bias, long stride, long padding) {
    return conv2d(input, weight, bias, one(stride), one(padding), one(1), 1);
  }

  /**
   * {@return a convolution over two dimensions, {@code [N, O, H', W']}}
   *
   * @param input {@code [N, C, H, W]} or {@code [C, H, W]}
   * @param weight {@code [O, C / groups, K, L]}
   * @param bias {@code [O]}, or null
   * @param stride the step of the kernel, one number or two
   * @param padding the number of zeros on both sides, one number or two
   * @param dilation the distance of the kernel's elements, one number or two
   * @param groups into how many groups the channels are divided
   */
  public static Tensor conv2d(
      Tensor input,
      Tensor weight,
      @Nullable Tensor bias,
      long[] stride,
      long[] padding,
      long[] dilation,
      long groups) {
    return CONV2D.get().apply(input, weight, bias, stride, padding, dilation, groups);
  }

  /**
   * {@return a transposed convolution over two dimensions, {@code [N, O, H', W']}}
   *
   * @param input {@code [N, C, H, W]} or {@code [C, H, W]}
   * @param weight {@code [C, O, K, L]}
   * @param bias {@code [O]}, or null
   * @param stride the step of the kernel over the result
   * @param padding what is cut off on all sides
   */
  public static Tensor convTranspose2d(
      Tensor input, Tensor weight, @Nullable Tensor bias, long stride, long padding) {
    return CONV_TRANSPOSE2D
        .get()
        .apply(input, weight, bias, one(stride), one(padding), one(0), 1, one(1));
  }

  /**
   * {@return the largest element of each window}
   *
   * @param input {@code [N, C, H, W]} or {@code [C, H, W]}
   * @param kernelSize the height and width of a window
   * @param stride the step of the windows
   * @param padding how far they reach beyond the input
   */
  public static Tensor maxPool2d(Tensor input, long kernelSize, long stride, long padding) {
    return MAX_POOL2D.get()
        .apply(input, one(kernelSize), one(stride), one(padding), one(1), false, false)[0];
  }

  /**
   * {@return the mean of each window}
   *
   * @param input {@code [N, C, H, W]} or {@code [C, H, W]}
   * @param kernelSize the height and width of a window
   * @param stride the step of the windows
   * @param padding the number of zeros on all sides, which count
   */
  public static Tensor avgPool2d(Tensor input, long kernelSize, long stride, long padding) {
    return AVG_POOL2D
        .get()
        .apply(input, one(kernelSize), one(stride), one(padding), false, true, null);
  }

  /**
   * {@return the means of as many windows as are wanted}
   *
   * @param input {@code [N, C, H, W]} or {@code [C, H, W]}
   * @param height the number of rows of the result
   * @param width the number of its columns
   */
  public static Tensor adaptiveAvgPool2d(Tensor input, long height, long width) {
    return ADAPTIVE_AVG_POOL2D.get().apply(input, new Long[] {height, width});
  }

  /**
   * {@return the input with each channel brought to mean 0 and variance 1, then scaled and shifted}
   *
   * @param input {@code [N, C, …]}
   * @param runningMean {@code [C]}, updated in training, or null
   * @param runningVar {@code [C]}, updated in training, or null
   * @param weight {@code [C]}, or null
   * @param bias {@code [C]}, or null
   * @param training whether the batch's own mean and variance are used
   * @param momentum the share of the batch in the running statistics
   * @param eps what is added to the variance
   */
  public static Tensor batchNorm(
      Tensor input,
      @Nullable Tensor runningMean,
      @Nullable Tensor runningVar,
      @Nullable Tensor weight,
      @Nullable Tensor bias,
      boolean training,
      double momentum,
      double eps) {
    return BATCH_NORM
        .get()
        .apply(input, runningMean, runningVar, weight, bias, training, momentum, eps);
  }

  /**
   * {@return the input with its trailing dimensions brought to mean 0 and variance 1, then scaled
   * and shifted}
   *
   * @param input {@code […, normalizedShape]}
   * @param normalizedShape the sizes of these dimensions
   * @param weight of these sizes, or null
   * @param bias of these sizes, or null
   */
  public static Tensor layerNorm(
      Tensor input, long[] normalizedShape, @Nullable Tensor weight, @Nullable Tensor bias) {
    return LAYER_NORM.get().apply(input, normalizedShape, weight, bias, 1e-5);
  }

  /**
   * {@return rows of a table, {@code […, D]}}
   *
   * @param input int64 indices
   * @param weight the table, {@code [V, D]}
   */
  public static Tensor embedding(Tensor input, Tensor weight) {
    return EMBEDDING.get().apply(input, weight, null, null, 2, false, false);
  }

  /**
   * {@return the input with elements dropped at random, and the others scaled to make up for them}
   *
   * @param input a floating-point tensor
   * @param p the probability that an element is dropped
   * @param training whether anything is dropped
   */
  public static Tensor dropout(Tensor input, double p, boolean training) {
    return DROPOUT.get().apply(input, p, training);
  }

  /**
   * {@return the weighted means of values, with weights from the products of queries and keys}
   *
   * @param query {@code […, L, E]}
   * @param key {@code […, S, E]}
   * @param value {@code […, S, V]}
   * @param attnMask {@code […, L, S]}: true where a query attends to a key, or a summand of the
   *     logits; or null
   * @param isCausal whether query i attends only to keys up to i
   */
  public static Tensor scaledDotProductAttention(
      Tensor query, Tensor key, Tensor value, @Nullable Tensor attnMask, boolean isCausal) {
    return ATTENTION.get().apply(query, key, value, attnMask, 0, isCausal, null);
  }

  /**
   * {@return a loss that asks examples of one kind to be closer to anchors than those of another,
   * by any distance}
   *
   * @param anchor the anchors
   * @param positive the positive examples
   * @param negative the negative examples
   * @param distance of two tensors, a number for each pair of rows
   * @param margin by how much the negative distance is to exceed the positive
   * @param swap whether the distance of the examples counts where it is smaller
   * @param reduction what becomes of the losses
   */
  public static Tensor tripletMarginWithDistanceLoss(
      Tensor anchor,
      Tensor positive,
      Tensor negative,
      BinaryOperator<Tensor> distance,
      double margin,
      boolean swap,
      LossReduction reduction) {
    Tensor near = distance.apply(anchor, positive);
    Tensor far = distance.apply(anchor, negative);
    if (swap) {
      far = far.minimum(distance.apply(positive, negative));
    }
    Tensor losses = CLAMP_MIN.get().apply(near.sub(far).add(margin), Scalar.of(0.0));
    return switch (reduction) {
      case NONE -> losses;
      case MEAN -> losses.mean();
      case SUM -> losses.sum();
    };
  }
}
