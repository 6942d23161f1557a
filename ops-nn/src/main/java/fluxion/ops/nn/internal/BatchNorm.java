package fluxion.ops.nn.internal;

import fluxion.api.DType;
import fluxion.api.Tensor;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Function;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Primitives;
import fluxion.ops.nn.internal.Standardize.Statistics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Batch normalisation by the statistics of the batch: {@code (x − mean) · rstd · weight + bias},
 * with {@code rstd = 1 / √(var + eps)} for each channel, the second dimension.
 *
 * <p>Inputs are the tensor and, or null, weight and bias, with dimensions of size 1 beside the
 * channels. Results are the normalised tensor and, likewise and in the compute dtype, {@code rstd},
 * the mean and the biased variance, which have no gradient.
 *
 * @param eps what is added to the variance
 */
record BatchNorm(double eps) implements Function {
  /** What a kernel is made for; absent inputs have no dtype. */
  private record Kind(DType dtype, @Nullable DType weight, @Nullable DType bias) {
    /** Inputs are the tensor, mean, rstd, and those of weight and bias that there are. */
    Kernel kernel() {
      DType compute = dtype.computeType();
      Expr x = Expr.input(0, dtype).cast(compute);
      Expr result = x.sub(Expr.input(1, compute)).mul(Expr.input(2, compute));
      int input = 3;
      if (weight != null) {
        result = result.mul(Expr.input(input++, weight).cast(compute));
      }
      if (bias != null) {
        result = result.add(Expr.input(input, bias).cast(compute));
      }
      return Kernel.of(result.cast(dtype));
    }
  }

  private static final Map<Kind, Kernel> KERNELS = new ConcurrentHashMap<>();

  @Override
  public String name() {
    return "NativeBatchNormBackward0";
  }

  @Override
  public boolean keepsGradients() {
    return false;
  }

  @Override
  public Tensor[] forward(Context ctx, @Nullable Tensor[] inputs) {
    Tensor input = Objects.requireNonNull(inputs[0]);
    Tensor weight = inputs[1];
    Tensor bias = inputs[2];
    ctx.saveInput(0);
    ctx.saveInput(1);
    ctx.saveOutput(1);
    ctx.saveOutput(2);
    ctx.markNonDifferentiable(1);
    ctx.markNonDifferentiable(2);
    ctx.markNonDifferentiable(3);
    Statistics found = Statistics.of(input, mask(input), count(input), eps);
    Kind kind =
        new Kind(
            input.dtype(),
            weight == null ? null : weight.dtype(),
            bias == null ? null : bias.dtype());
    List<Tensor> operands = new ArrayList<>(List.of(input, found.mean(), found.rstd()));
    if (weight != null) {
      operands.add(weight);
    }
    if (bias != null) {
      operands.add(bias);
    }
    Kernel kernel = KERNELS.computeIfAbsent(kind, Kind::kernel);
    Tensor result = Primitives.pointwise(kernel, operands.toArray(Tensor[]::new))[0];
    return new Tensor[] {result, found.rstd(), found.mean(), found.variance()};
  }

  /** Which dimensions the statistics range over: all but that of the channels. */
  static boolean[] mask(Tensor input) {
    boolean[] mask = new boolean[input.dim()];
    Arrays.fill(mask, true);
    mask[1] = false;
    return mask;
  }

  /** The number of elements of a channel. */
  static long count(Tensor input) {
    return input.shape().with(1, 1).numel();
  }

  @Override
  public @Nullable Tensor[] backward(Context ctx, @Nullable Tensor[] gradOutputs) {
    Tensor g = Objects.requireNonNull(gradOutputs[0]);
    Tensor weight = ctx.optionalInput(1);
    Tensor[] gradients =
        Functions.applyAll(
            new BatchNormGradient(eps), g, ctx.input(0), weight, ctx.output(2), ctx.output(1));
    return new @Nullable Tensor[] {
      ctx.needsGradient(0) ? gradients[0] : null,
      ctx.needsGradient(1) ? gradients[1] : null,
      ctx.needsGradient(2) ? gradients[2] : null
    };
  }
}
