package fluxion.ops.nn.internal;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Function;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.PointwiseFunction;
import fluxion.engine.spi.Primitives;
import fluxion.engine.spi.Promotion;
import fluxion.engine.spi.Reduction;
import fluxion.engine.spi.accelerator.Standardization;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A tensor with its mean over some dimensions taken off, divided by its standard deviation: {@code
 * (x − mean) · rstd} with {@code rstd = 1 / √(var + eps)}. The variance is the biased one, from the
 * differences to the mean.
 *
 * <p>Results are the standardised tensor and, with the dimensions kept and in the compute dtype,
 * {@code rstd}, the mean and the variance; the last two have no gradient.
 *
 * @param dims the dimensions
 * @param eps what is added to the variance
 * @param name the name of the node
 */
record Standardize(List<Integer> dims, double eps, String name) implements Function {
  private record Kernels(Reduction mean, Reduction variance, Kernel root, Kernel result) {
    static Kernels of(DType dtype) {
      DType compute = dtype.computeType();
      Expr x = Expr.input(0, dtype).cast(compute);
      Expr difference = x.sub(Expr.input(1, compute));
      Expr first = Expr.input(0, compute);
      Expr count = Expr.scalar(0, compute);
      return new Kernels(
          new Reduction(Reduction.Kind.SUM, Kernel.of(x), compute, Kernel.of(first.div(count))),
          new Reduction(
              Reduction.Kind.SUM,
              Kernel.of(difference.mul(difference)),
              compute,
              Kernel.of(first.div(count))),
          Kernel.of(Expr.literal(compute, 1).div(first.add(Expr.scalar(0, compute)).sqrt())),
          Kernel.of(difference.mul(Expr.input(2, compute)).cast(dtype)));
    }
  }

  private static final PerDType<Kernels> KERNELS = new PerDType<>(Kernels::of);

  /** What the gradient is made of: cotangent, its mean, result, mean of their product, rstd. */
  private static final PointwiseFunction GRADIENT =
      PointwiseFunction.of(
          "standardize_backward",
          5,
          0,
          Promotion.PROMOTE,
          (x, s) -> x[0].sub(x[1]).sub(x[2].mul(x[3])).mul(x[4]));

  @Override
  public boolean keepsGradients() {
    return false;
  }

  @Override
  public Tensor[] forward(Context ctx, @Nullable Tensor[] inputs) {
    Tensor input = Objects.requireNonNull(inputs[0]);
    ctx.markNonDifferentiable(2);
    ctx.markNonDifferentiable(3);
    ctx.saveOutput(0);
    ctx.saveOutput(1);
    Tensor[] accelerated = accelerated(input);
    if (accelerated != null) {
      return accelerated;
    }
    boolean[] mask = new boolean[input.dim()];
    for (int dim : dims) {
      mask[dim] = true;
    }
    Statistics found = Statistics.of(input, mask, count(input), eps);
    Tensor[] operands = {input, found.mean, found.rstd};
    Tensor result = Primitives.pointwise(KERNELS.of(input.dtype()).result(), operands)[0];
    return new Tensor[] {result, found.rstd, found.mean, found.variance};
  }

  /** The results by the device's own loops, if it has some for this input. */
  private Tensor @Nullable [] accelerated(Tensor input) {
    int from = StandardizeGradient.trailing(input, dims);
    Standardization accelerator =
        from < 0 || input.numel() == 0
            ? null
            : Primitives.accelerator(Standardization.class, input).orElse(null);
    if (accelerator == null) {
      return null;
    }
    DType compute = input.dtype().computeType();
    Shape shape = input.shape();
    for (int dim : dims) {
      shape = shape.with(dim, 1);
    }
    Tensor result = Primitives.unspecified(input.shape(), input.dtype(), input);
    Tensor rstd = Primitives.unspecified(shape, compute, input);
    Tensor mean = Primitives.unspecified(shape, compute, input);
    Tensor variance = Primitives.unspecified(shape, compute, input);
    boolean done =
        accelerator.standardize(
            Primitives.operand(input),
            from,
            eps,
            Primitives.operand(result),
            Primitives.operand(rstd),
            Primitives.operand(mean),
            Primitives.operand(variance));
    return done ? new Tensor[] {result, rstd, mean, variance} : null;
  }

  /**
   * What is known of a tensor's elements, with the dimensions kept and in the compute dtype. For
   * use in a forward.
   *
   * @param mean the mean
   * @param variance the mean of the squared differences to it
   * @param rstd the reciprocal of the root of the variance
   */
  record Statistics(Tensor mean, Tensor variance, Tensor rstd) {
    static Statistics of(Tensor input, boolean[] mask, long elements, double eps) {
      Kernels kernels = KERNELS.of(input.dtype());
      Scalar count = Scalar.of((double) elements);
      Tensor mean = Primitives.reduce(kernels.mean(), new Tensor[] {input}, mask, true, count);
      Tensor variance =
          Primitives.reduce(kernels.variance(), new Tensor[] {input, mean}, mask, true, count);
      Tensor rstd =
          Primitives.pointwise(kernels.root(), new Tensor[] {variance}, Scalar.of(eps))[0];
      return new Statistics(mean, variance, rstd);
    }
  }

  private long count(Tensor tensor) {
    long count = 1;
    for (int dim : dims) {
      count *= tensor.size(dim);
    }
    return count;
  }

  @Override
  public @Nullable Tensor[] backward(Context ctx, @Nullable Tensor[] gradOutputs) {
    Tensor result = ctx.output(0);
    Tensor rstd = ctx.output(1);
    int[] over = dims.stream().mapToInt(d -> d).toArray();
    Tensor g = gradOutputs[0];
    Tensor gradient = null;
    if (g != null) {
      gradient = gradient(g, result, rstd, over);
    }
    Tensor ofRoot = gradOutputs[1];
    if (ofRoot != null) {
      Tensor factor = ofRoot.mul(rstd.square()).div((double) -count(result));
      Tensor second = factor.mul(result);
      gradient = gradient == null ? second : gradient.add(second);
    }
    return new @Nullable Tensor[] {gradient};
  }

  /** The gradient that a cotangent of the standardised tensor gives. */
  static Tensor gradient(Tensor g, Tensor result, Tensor rstd, int[] over) {
    if (StandardizeGradient.takes(g, result, rstd, over)) {
      return Functions.apply(new StandardizeGradient(Normalizations.boxed(over)), g, result, rstd);
    }
    return composed(g, result, rstd, over);
  }

  /** The same by operations on tensors. */
  static Tensor composed(Tensor g, Tensor result, Tensor rstd, int[] over) {
    Tensor mean = g.mean(over, true);
    Tensor product = g.mul(result).mean(over, true);
    return GRADIENT.callAll(new Tensor[] {g, mean, result, product, rstd});
  }
}
