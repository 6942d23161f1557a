package fluxion.ops.nn.internal;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.Tensor;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Function;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Primitives;
import fluxion.engine.spi.Reduction;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The gradients of {@link BatchNorm}: with X the standardised tensor and means over each channel,
 * {@code weight · rstd · (g − mean(g) − X · mean(g · X))} for the tensor, {@code Σ g · X} for the
 * weight and {@code Σ g} for the bias.
 *
 * <p>Inputs are the cotangent g, the tensor, the weight or null, the mean and {@code rstd}. The
 * last two count as functions of the tensor.
 *
 * @param eps what is added to the variance
 */
record BatchNormGradient(double eps) implements Function {
  private record Sums(Reduction g, Reduction products) {
    static Sums of(DType dtype) {
      DType compute = dtype.computeType();
      Expr g = Expr.input(0, dtype).cast(compute);
      Expr x = Expr.input(1, dtype).cast(compute);
      Expr standard = x.sub(Expr.input(2, compute)).mul(Expr.input(3, compute));
      Kernel sum = Kernel.of(Expr.input(0, compute));
      return new Sums(
          new Reduction(Reduction.Kind.SUM, Kernel.of(g), compute, sum),
          new Reduction(Reduction.Kind.SUM, Kernel.of(g.mul(standard)), compute, sum));
    }
  }

  private record Kind(DType dtype, @Nullable DType weight) {
    /**
     * Inputs are the cotangent, the tensor, mean, rstd, the two sums and the weight, if there is
     * one; the scalar is the number of elements.
     */
    Kernel kernel() {
      DType compute = dtype.computeType();
      Expr g = Expr.input(0, dtype).cast(compute);
      Expr x = Expr.input(1, dtype).cast(compute);
      Expr rstd = Expr.input(3, compute);
      Expr count = Expr.scalar(0, compute);
      Expr standard = x.sub(Expr.input(2, compute)).mul(rstd);
      Expr mean = Expr.input(4, compute).div(count);
      Expr product = Expr.input(5, compute).div(count);
      Expr factor = weight == null ? rstd : rstd.mul(Expr.input(6, weight).cast(compute));
      return Kernel.of(g.sub(mean).sub(standard.mul(product)).mul(factor).cast(dtype));
    }
  }

  private static final PerDType<Sums> SUMS = new PerDType<>(Sums::of);
  private static final Map<Kind, Kernel> KERNELS = new ConcurrentHashMap<>();

  @Override
  public String name() {
    return "NativeBatchNormBackwardBackward0";
  }

  @Override
  public boolean keepsGradients() {
    return false;
  }

  @Override
  public Tensor[] forward(Context ctx, @Nullable Tensor[] inputs) {
    Tensor x = Objects.requireNonNull(inputs[1]);
    Tensor weight = inputs[2];
    Tensor mean = Objects.requireNonNull(inputs[3]);
    Tensor rstd = Objects.requireNonNull(inputs[4]);
    Tensor g = Objects.requireNonNull(inputs[0]).to(x.dtype());
    ctx.saveInput(0);
    ctx.saveInput(1);
    ctx.saveInput(2);
    Sums sums = SUMS.of(x.dtype());
    boolean[] mask = BatchNorm.mask(x);
    Tensor sum = Primitives.reduce(sums.g(), new Tensor[] {g}, mask, true);
    Tensor products =
        Primitives.reduce(sums.products(), new Tensor[] {g, x, mean, rstd}, mask, true);
    Kind kind = new Kind(x.dtype(), weight == null ? null : weight.dtype());
    Tensor[] operands =
        weight == null
            ? new Tensor[] {g, x, mean, rstd, sum, products}
            : new Tensor[] {g, x, mean, rstd, sum, products, weight};
    Kernel kernel = KERNELS.computeIfAbsent(kind, Kind::kernel);
    Scalar count = Scalar.of((double) BatchNorm.count(x));
    return new Tensor[] {Primitives.pointwise(kernel, operands, count)[0], products, sum};
  }

  @Override
  public @Nullable Tensor[] backward(Context ctx, @Nullable Tensor[] gradOutputs) {
    Tensor g = ctx.input(0);
    Tensor input = ctx.input(1);
    Tensor weight = ctx.optionalInput(2);
    int[] over = IntStream.range(0, input.dim()).filter(d -> d != 1).toArray();
    Tensor[] standardized =
        Functions.applyAll(
            new Standardize(Normalizations.boxed(over), eps, "NativeBatchNormBackward0"), input);
    Tensor x = standardized[0];
    Tensor rstd = standardized[1];
    Tensor ofG = null;
    Tensor ofInput = null;
    Tensor ofWeight = null;
    Tensor c = gradOutputs[0];
    if (c != null) {
      // the gradient is linear in g, and its own adjoint but for the weight
      Tensor adjoint = Standardize.gradient(c, x, rstd, over);
      Tensor u = weight == null ? g : g.mul(weight);
      ofG = weight == null ? adjoint : adjoint.mul(weight);
      ofWeight = weight == null ? null : adjoint.mul(g).sum(over, true);
      Tensor meanUx = u.mul(x).mean(over, true);
      Tensor meanCx = c.mul(x).mean(over, true);
      Tensor ofX = c.mul(meanUx).add(u.mul(meanCx)).mul(rstd).neg();
      Tensor ofRstd = c.mul(u.sub(u.mean(over, true)).sub(x.mul(meanUx))).sum(over, true);
      Tensor throughRstd = ofRstd.mul(rstd.square()).mul(x).div((double) BatchNorm.count(input));
      ofInput = Standardize.gradient(ofX, x, rstd, over).sub(throughRstd);
    }
    Tensor ofProducts = gradOutputs[1];
    if (ofProducts != null) {
      ofG = sum(ofG, ofProducts.mul(x));
      ofInput = sum(ofInput, Standardize.gradient(g.mul(ofProducts), x, rstd, over));
    }
    Tensor ofSum = gradOutputs[2];
    if (ofSum != null) {
      ofG = sum(ofG, ofSum.expand(g.shape().toArray()));
    }
    return new @Nullable Tensor[] {ofG, ofInput, ofWeight, null, null};
  }

  private static Tensor sum(@Nullable Tensor before, Tensor more) {
    return before == null ? more : before.add(more);
  }
}
