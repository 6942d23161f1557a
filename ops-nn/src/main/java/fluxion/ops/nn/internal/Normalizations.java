package fluxion.ops.nn.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.ArgumentException;
import fluxion.api.Autograd;
import fluxion.api.DTypeException;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.PointwiseFunction;
import fluxion.engine.spi.Promotion;
import fluxion.ops.nn.NormalizationCall;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Normalisations by mean and variance, which {@link Standardize} takes. */
final class Normalizations {
  private static final PointwiseFunction SCALE =
      PointwiseFunction.of("scale", 2, 0, Promotion.SAME, (x, s) -> x[0].mul(x[1]));
  private static final PointwiseFunction SHIFT =
      PointwiseFunction.of("shift", 2, 0, Promotion.SAME, (x, s) -> x[0].add(x[1]));
  private static final PointwiseFunction SCALE_AND_SHIFT =
      PointwiseFunction.of(
          "scale_and_shift", 3, 0, Promotion.SAME, (x, s) -> x[0].mul(x[1]).add(x[2]));

  /** With the statistics of earlier batches; the scalar is eps. */
  private static final PointwiseFunction EVALUATE =
      PointwiseFunction.of(
              "native_batch_norm",
              3,
              1,
              Promotion.SAME,
              (x, s) -> x[0].sub(x[1]).mul(x[2].add(s[0]).sqrt().reciprocal()))
          .node("NativeBatchNormBackward0");

  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("batch_norm")) {
        t.add(
            named("batch_norm")
                .overload(
                    "(Tensor input, Tensor? running_mean, Tensor? running_var, Tensor? weight=None,"
                        + " Tensor? bias=None, bool training=False, float momentum=0.1, float"
                        + " eps=1e-05)",
                    NormalizationCall.Batch.class,
                    Normalizations::batchNorm)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(3, 2, 2), null, null, s.tensor(2), s.tensor(2), true),
                            sample(s.tensor(4, 2), null, null, null, null, true, 0.1, 0.5),
                            sample(
                                s.tensor(3, 2),
                                s.tensor(2).detach(),
                                s.uniform(1, 2, 2).detach(),
                                s.tensor(2),
                                s.tensor(2)))));
      }
      if (t.has("instance_norm")) {
        t.add(
            named("instance_norm")
                .overload(
                    "(Tensor input, Tensor? running_mean=None, Tensor? running_var=None, Tensor?"
                        + " weight=None, Tensor? bias=None, bool use_input_stats=True, float"
                        + " momentum=0.1, float eps=1e-05)",
                    NormalizationCall.Batch.class,
                    Normalizations::instanceNorm)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 2, 4), null, null, s.tensor(2), s.tensor(2)),
                            sample(s.tensor(1, 2, 2, 3)))));
      }
      if (t.has("group_norm")) {
        t.add(
            named("group_norm")
                .overload(
                    "(Tensor input, int num_groups, Tensor? weight=None, Tensor? bias=None, float"
                        + " eps=1e-05)",
                    NormalizationCall.Group.class,
                    Normalizations::groupNorm)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 4, 3), 2L, s.tensor(4), s.tensor(4)),
                            sample(s.tensor(3, 4), 1L))));
      }
    }
  }

  private Normalizations() {}

  private static int[] except(int dims, int... kept) {
    return IntStream.range(0, dims)
        .filter(d -> Arrays.stream(kept).noneMatch(k -> k == d))
        .toArray();
  }

  static List<Integer> boxed(int[] dims) {
    return Arrays.stream(dims).boxed().toList();
  }

  /** {@code x · weight + bias}, of which either may be absent. */
  static Tensor affine(Tensor x, @Nullable Tensor weight, @Nullable Tensor bias, long[] sizes) {
    if (weight == null) {
      return bias == null ? x : SHIFT.call(x, bias.reshape(sizes));
    }
    Tensor factor = weight.reshape(sizes);
    return bias == null
        ? SCALE.call(x, factor)
        : SCALE_AND_SHIFT.callAll(new Tensor[] {x, factor, bias.reshape(sizes)});
  }

  static void checkFloats(String name, Tensor input, @Nullable Tensor... others) {
    Refusals.requireFloat(name, input.dtype());
    for (Tensor other : others) {
      if (other != null && !other.dtype().isFloatingPoint()) {
        throw new DTypeException(
            "expected scalar type "
                + input.dtype().typeName()
                + " but found "
                + other.dtype().typeName());
      }
    }
  }

  private static void checkVector(String name, @Nullable Tensor vector, long channels) {
    if (vector != null && vector.numel() != channels) {
      throw new ShapeException(
          name + " should contain " + channels + " elements not " + vector.numel());
    }
  }

  private static long[] perChannel(int dims, long channels) {
    long[] sizes = new long[dims];
    Arrays.fill(sizes, 1);
    sizes[1] = channels;
    return sizes;
  }

  private static Tensor batchNorm(
      Tensor input,
      @Nullable Tensor runningMean,
      @Nullable Tensor runningVar,
      @Nullable Tensor weight,
      @Nullable Tensor bias,
      boolean training,
      double momentum,
      double eps) {
    if (input.dim() < 2) {
      throw new ShapeException(
          "batch_norm: input must have at least 2 dimensions, batch and channels, but has shape "
              + input.shape());
    }
    checkFloats("batch_norm", input, runningMean, runningVar, weight, bias);
    long channels = input.size(1);
    checkVector("running_mean", runningMean, channels);
    checkVector("running_var", runningVar, channels);
    checkVector("weight", weight, channels);
    checkVector("bias", bias, channels);
    long[] sizes = perChannel(input.dim(), channels);
    long count = channels == 0 ? 0 : input.numel() / channels;
    if (!training) {
      if (runningMean == null || runningVar == null) {
        throw new ArgumentException(
            "running_mean and running_var must be defined in evaluation mode");
      }
      Tensor[] operands = {input, runningMean.reshape(sizes), runningVar.reshape(sizes)};
      Tensor x = EVALUATE.callAll(operands, fluxion.api.Scalar.of(eps));
      return affine(x, weight, bias, sizes);
    }
    if (count == 1) {
      throw new ShapeException(
          "Expected more than 1 value per channel when training, got input size torch.Size("
              + input.shape()
              + ")");
    }
    Tensor[] results =
        Functions.applyAll(
            new BatchNorm(eps),
            input,
            weight == null ? null : weight.reshape(sizes),
            bias == null ? null : bias.reshape(sizes));
    update(runningMean, results[2].reshape(channels), momentum);
    update(runningVar, results[3].reshape(channels).mul((double) count / (count - 1)), momentum);
    return results[0];
  }

  /** Moves a running statistic towards that of a batch. */
  private static void update(@Nullable Tensor running, Tensor batch, double momentum) {
    if (running != null) {
      try (var _ = Autograd.noGrad()) {
        Tensor share = batch.detach().to(running.dtype()).mul(momentum);
        running.mul_(1 - momentum).add_(share.reshape(running.shape().toArray()));
      }
    }
  }

  private static Tensor instanceNorm(
      Tensor input,
      @Nullable Tensor runningMean,
      @Nullable Tensor runningVar,
      @Nullable Tensor weight,
      @Nullable Tensor bias,
      boolean useInputStats,
      double momentum,
      double eps) {
    if (!useInputStats && (runningMean == null || runningVar == null)) {
      throw new ArgumentException(
          "Expected running_mean and running_var to be defined when use_input_stats is false");
    }
    if (input.dim() < 3) {
      throw new ShapeException(
          "instance_norm: input must have at least 3 dimensions, batch, channels and others, but"
              + " has shape "
              + input.shape());
    }
    checkFloats("instance_norm", input, runningMean, runningVar, weight, bias);
    long channels = input.size(1);
    checkVector("running_mean", runningMean, channels);
    checkVector("running_var", runningVar, channels);
    checkVector("weight", weight, channels);
    checkVector("bias", bias, channels);
    if (!useInputStats) {
      return batchNorm(input, runningMean, runningVar, weight, bias, false, momentum, eps);
    }
    long count = input.numel() == 0 ? 0 : input.numel() / input.size(0) / channels;
    if (count == 1) {
      throw new ShapeException(
          "Expected more than 1 spatial element when training, got input size torch.Size("
              + input.shape()
              + ")");
    }
    int[] dims = except(input.dim(), 0, 1);
    Tensor[] results =
        Functions.applyAll(new Standardize(boxed(dims), eps, "ViewBackward0"), input);
    if (input.size(0) > 0) {
      update(runningMean, acrossBatch(results[2]), momentum);
      update(runningVar, acrossBatch(results[3]).mul((double) count / (count - 1)), momentum);
    }
    return affine(results[0], weight, bias, perChannel(input.dim(), channels));
  }

  private static Tensor acrossBatch(Tensor statistic) {
    return statistic.reshape(statistic.size(0), statistic.size(1)).mean(0);
  }

  private static Tensor groupNorm(
      Tensor input, long numGroups, @Nullable Tensor weight, @Nullable Tensor bias, double eps) {
    if (input.dim() < 2) {
      throw new ShapeException(
          "Expected at least 2 dimensions for input tensor but received "
              + input.dim()
              + " for group_norm");
    }
    if (numGroups <= 0) {
      throw new ArgumentException(
          "Expected num groups to be greater than 0, got num_groups=" + numGroups);
    }
    long channels = input.size(1);
    if (channels % numGroups != 0) {
      throw new ShapeException(
          "Expected number of channels in input to be divisible by num_groups, but got input of"
              + " shape "
              + input.shape()
              + " and num_groups="
              + numGroups);
    }
    checkVector("weight", weight, channels);
    checkVector("bias", bias, channels);
    checkFloats("group_norm", input, weight, bias);
    long[] sizes = input.shape().toArray();
    long perGroup = channels / numGroups;
    long[] split =
        Windows.join(
            new long[] {sizes[0], numGroups, perGroup}, Arrays.copyOfRange(sizes, 2, sizes.length));
    int[] dims = IntStream.range(2, split.length).toArray();
    Tensor x =
        Functions.apply(
            new Standardize(boxed(dims), eps, "NativeGroupNormBackward0"), input.reshape(split));
    return affine(x.reshape(sizes), weight, bias, perChannel(sizes.length, channels));
  }
}
