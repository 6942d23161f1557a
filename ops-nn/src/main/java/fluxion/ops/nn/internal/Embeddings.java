package fluxion.ops.nn.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.ArgumentException;
import fluxion.api.Autograd;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.IndexException;
import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Checks;
import fluxion.engine.spi.Functions;
import fluxion.ops.nn.EmbeddingCall;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Rows of a table, one by one or in bags. */
final class Embeddings {
  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("embedding")) {
        t.add(
            named("embedding")
                .overload(
                    "(Tensor input, Tensor weight, int? padding_idx=None, float? max_norm=None,"
                        + " float norm_type=2.0, bool scale_grad_by_freq=False, bool sparse=False)",
                    EmbeddingCall.Embedding.class,
                    Embeddings::embedding)
                .samples(
                    s ->
                        List.of(
                            sample(s.integers(4, 2, 3), s.tensor(4, 3)),
                            sample(s.integers(3, 5), s.tensor(3, 2)),
                            sample(s.integers(3), s.tensor(3, 2)))));
      }
      if (t.has("embedding_bag")) {
        t.add(
            named("embedding_bag")
                .overload(
                    "(Tensor input, Tensor weight, Tensor? offsets=None, float? max_norm=None,"
                        + " float norm_type=2.0, bool scale_grad_by_freq=False, str mode='mean',"
                        + " bool sparse=False, Tensor? per_sample_weights=None, bool"
                        + " include_last_offset=False, int? padding_idx=None)",
                    EmbeddingCall.Bag.class,
                    Embeddings::inEitherOrder)
                .samples(
                    s ->
                        List.of(
                            sample(s.integers(4, 2, 3), s.tensor(4, 3)),
                            sample(s.integers(4, 5), s.tensor(4, 2), Tensors.tensor(0L, 2L, 2L)))));
      }
    }
  }

  private Embeddings() {}

  private static Tensor checked(Tensor input) {
    if (input.dtype() != DType.INT64 && input.dtype() != DType.INT32) {
      throw new DTypeException(
          "Expected tensor for argument #1 'indices' to have one of the following scalar types:"
              + " Long, Int; but got torch."
              + input.dtype()
              + " as input instead (while checking arguments for embedding)");
    }
    return input.to(DType.INT64);
  }

  private static void checkWeight(Tensor weight) {
    if (weight.dim() != 2) {
      throw new ShapeException("'weight' must be 2-D, but has shape " + weight.shape());
    }
  }

  private static long padding(@Nullable Long paddingIdx, Tensor weight) {
    if (paddingIdx == null) {
      return -1;
    }
    long rows = weight.size(0);
    if (paddingIdx >= rows || paddingIdx < -rows) {
      throw new ArgumentException(
          "Padding_idx must be within num_embeddings, but got padding_idx=" + paddingIdx);
    }
    return paddingIdx < 0 ? paddingIdx + rows : paddingIdx;
  }

  private static void checkRange(Tensor indices, Tensor weight) {
    if (indices.numel() > 0
        && !Checks.wouldWait(indices) // the device refuses the rows that it does not find
        && Checks.any(indices.lt(0L).logicalOr(indices.ge(weight.size(0))).any())) {
      throw new IndexException("index out of range in self: the input names no row of the weight");
    }
  }

  /** Scales the rows that are used and whose norm is too large. */
  private static void renormalize(
      Tensor weight, Tensor indices, @Nullable Double maxNorm, double normType) {
    if (maxNorm == null || indices.numel() == 0 || weight.numel() == 0) {
      return;
    }
    try (var _ = Autograd.noGrad()) {
      TensorOptions options = TensorOptions.of(weight.dtype()).device(weight.device());
      Tensor ones = Tensors.ones(options, indices.size(0));
      Tensor used =
          Functions.apply(new AddAt(0, Shape.of(weight.size(0))), ones, indices).gt(0).unsqueeze(1);
      Tensor norms = weight.norm(normType, new int[] {1}, true);
      Tensor large = used.logicalAnd(norms.gt(maxNorm));
      Tensor factors = norms.add(1e-7).rdiv(maxNorm).where(large, 1.0);
      weight.mul_(factors);
    }
  }

  private static Tensor embedding(
      Tensor input,
      Tensor weight,
      @Nullable Long paddingIdx,
      @Nullable Double maxNorm,
      double normType,
      boolean scaleGradByFreq,
      boolean sparse) {
    checkWeight(weight);
    Tensor indices = checked(input).reshape(input.numel());
    long padding = padding(paddingIdx, weight);
    checkRange(indices, weight);
    renormalize(weight, indices, maxNorm, normType);
    Tensor rows = Functions.apply(new EmbeddingRows(padding, scaleGradByFreq), weight, indices);
    long[] sizes = Windows.join(input.shape().toArray(), new long[] {weight.size(1)});
    return rows.reshape(sizes);
  }

  /** As in PyTorch, indices and table may also be given the other way round. */
  private static Tensor inEitherOrder(
      Tensor input,
      Tensor weight,
      @Nullable Tensor offsets,
      @Nullable Double maxNorm,
      double normType,
      boolean scaleGradByFreq,
      String mode,
      boolean sparse,
      @Nullable Tensor perSampleWeights,
      boolean includeLastOffset,
      @Nullable Long paddingIdx) {
    boolean swapped = weight.dtype() == DType.INT64 && input.dtype().isFloatingPoint();
    return bag(
        swapped ? weight : input,
        swapped ? input : weight,
        offsets,
        maxNorm,
        normType,
        scaleGradByFreq,
        mode,
        perSampleWeights,
        includeLastOffset,
        paddingIdx);
  }

  private static Tensor bag(
      Tensor input,
      Tensor weight,
      @Nullable Tensor offsets,
      @Nullable Double maxNorm,
      double normType,
      boolean scaleGradByFreq,
      String mode,
      @Nullable Tensor perSampleWeights,
      boolean includeLastOffset,
      @Nullable Long paddingIdx) {
    checkWeight(weight);
    Refusals.requireFloat("embedding_bag", weight.dtype());
    checkMode(mode, scaleGradByFreq, perSampleWeights);
    long[] starts = starts(input, offsets, includeLastOffset);
    if (perSampleWeights != null && !perSampleWeights.shape().equals(input.shape())) {
      throw new ShapeException(
          "embedding_bag: If per_sample_weights ("
              + perSampleWeights.shape()
              + ") is not None, then it must have the same shape as the input ("
              + input.shape()
              + ")");
    }
    if (perSampleWeights != null && perSampleWeights.dtype() != weight.dtype()) {
      throw new DTypeException(
          "embedding_bag: expected weight and per_sample_weights to have the same dtype, but got "
              + weight.dtype()
              + " and "
              + perSampleWeights.dtype());
    }
    // What lies behind the last bag does not count.
    long used = starts[starts.length - 1];
    Tensor indices = checked(input).reshape(input.numel()).narrow(0, 0, used);
    long padding = padding(paddingIdx, weight);
    checkRange(indices, weight);
    renormalize(weight, indices, maxNorm, normType);
    Tensor rows = Functions.apply(new EmbeddingRows(padding, scaleGradByFreq), weight, indices);
    if (starts.length == 1) {
      return rows.narrow(0, 0, 0);
    }
    Bags bags = new Bags(starts, indices.toLongArray(), padding);
    if (mode.equals("max")) {
      return bags.max(rows);
    }
    Tensor x = rows;
    if (perSampleWeights != null) {
      x = x.mul(perSampleWeights.reshape(input.numel(), 1).narrow(0, 0, used));
    }
    if (padding >= 0) {
      x = x.maskedFill(indices.eq(padding).unsqueeze(1), 0L);
    }
    return mode.equals("sum") ? bags.sum(x) : bags.mean(x);
  }

  private static void checkMode(
      String mode, boolean scaleGradByFreq, @Nullable Tensor perSampleWeights) {
    switch (mode) {
      case "sum" -> {}
      case "mean", "max" -> {
        if (perSampleWeights != null) {
          throw new ArgumentException(
              "embedding_bag: per_sample_weights was not None. per_sample_weights is only supported"
                  + " for mode='sum' (got mode='"
                  + mode
                  + "'). Please open a feature request on GitHub.");
        }
        if (mode.equals("max") && scaleGradByFreq) {
          throw new ArgumentException(
              "max mode does not support scaling the gradient by the frequency");
        }
      }
      default -> throw new ArgumentException("mode has to be one of sum, mean or max");
    }
  }

  /** Where each bag starts, and at the end the number of indices. */
  private static long[] starts(Tensor input, @Nullable Tensor offsets, boolean includeLastOffset) {
    if (input.dim() == 2) {
      if (offsets != null) {
        throw new ArgumentException(
            "if input is 2D, then offsets has to be None, as input is treated is a mini-batch of"
                + " fixed length sequences. However, found offsets of type Tensor");
      }
      long width = input.size(1);
      return LongStream.rangeClosed(0, input.size(0)).map(b -> b * width).toArray();
    }
    if (input.dim() != 1) {
      throw new ShapeException(
          "input has to be 1D or 2D Tensor, but got Tensor of dimension " + input.dim());
    }
    if (offsets == null || offsets.dim() != 1) {
      throw new ArgumentException(
          "offsets has to be a 1D Tensor but got "
              + (offsets == null ? "None" : "one of dimension " + offsets.dim()));
    }
    long[] given = checked(offsets).toLongArray();
    long count = input.size(0);
    int bags = includeLastOffset ? given.length - 1 : given.length;
    if (bags < 0) {
      throw new ArgumentException("include_last_offset: number of offsets should be at least 1");
    }
    long[] starts = java.util.Arrays.copyOf(given, bags + 1);
    if (!includeLastOffset) {
      starts[bags] = count;
    }
    if (bags > 0 && starts[0] != 0) {
      throw new ArgumentException(
          "offsets[0] has to be 0, i.e., the first sequence in the mini-batch has to start from"
              + " position 0. However, got "
              + starts[0]);
    }
    for (int b = 0; b < bags; b++) {
      if (starts[b + 1] < starts[b] || starts[b + 1] > count) {
        throw new ArgumentException(
            "offsets[-1] can not be greater than input's length("
                + count
                + "), nor an offset smaller than the one before, but got offsets of "
                + java.util.Arrays.toString(given));
      }
    }
    return starts;
  }
}
