package fluxion.ops.nn.internal;

import fluxion.api.DType;
import fluxion.api.Tensor;
import fluxion.engine.spi.BinaryFunction;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Primitives;
import fluxion.engine.spi.Reduction;
import fluxion.engine.spi.TensorSpec;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of softmax, {@code y · (g − Σ g · y)}, or of its logarithm, {@code g − exp(y) · Σ
 * g}, from the cotangent g and the result y.
 *
 * @param dim the dimension, from 0
 * @param logarithm whether y is the logarithm
 */
record SoftmaxGradient(int dim, boolean logarithm) implements BinaryFunction {
  /** What is launched for a dtype: the sum, and the gradient from g, y and it. */
  private record Kernels(Reduction sum, Kernel result) {
    static Kernels of(DType dtype, boolean logarithm) {
      DType compute = dtype.computeType();
      Expr g = Expr.input(0, dtype).cast(compute);
      Expr y = Expr.input(1, dtype).cast(compute);
      Expr sum = Expr.input(2, compute);
      Expr result = logarithm ? g.sub(y.exp().mul(sum)) : g.sub(sum).mul(y);
      return new Kernels(
          new Reduction(
              Reduction.Kind.SUM,
              Kernel.of(logarithm ? g : g.mul(y)),
              compute,
              Kernel.of(Expr.input(0, compute))),
          Kernel.of(result.cast(dtype)));
    }
  }

  private static final PerDType<Kernels> SOFTMAX =
      new PerDType<>(dtype -> Kernels.of(dtype, false));
  private static final PerDType<Kernels> LOG_SOFTMAX =
      new PerDType<>(dtype -> Kernels.of(dtype, true));

  @Override
  public String name() {
    return logarithm ? "LogSoftmaxBackwardDataBackward0" : "SoftmaxBackwardDataBackward0";
  }

  @Override
  public Tensor forward(Context ctx, Tensor gradOutput, Tensor output) {
    ctx.saveInput(0);
    ctx.saveInput(1);
    if (output.numel() == 0) {
      return Primitives.zeros(output.shape(), output.dtype(), output);
    }
    Optional<fluxion.engine.spi.accelerator.SoftmaxGradient> accelerator =
        gradOutput.dtype() == output.dtype() && gradOutput.shape().equals(output.shape())
            ? Primitives.accelerator(
                fluxion.engine.spi.accelerator.SoftmaxGradient.class, gradOutput, output)
            : Optional.empty();
    if (accelerator.isPresent()) {
      Tensor result = Primitives.unspecified(output.shape(), output.dtype(), output);
      accelerator
          .get()
          .gradient(
              Primitives.operand(gradOutput),
              Primitives.operand(output),
              dim,
              logarithm,
              Primitives.operand(result));
      return result;
    }
    return decomposed(gradOutput, output);
  }

  /** By the primitives, where the device has no such gradient of its own. */
  Tensor decomposed(Tensor gradOutput, Tensor output) {
    Kernels kernels = (logarithm ? LOG_SOFTMAX : SOFTMAX).of(output.dtype());
    Tensor[] summed = logarithm ? new Tensor[] {gradOutput} : new Tensor[] {gradOutput, output};
    Tensor sum = Primitives.reduce(kernels.sum(), summed, Softmax.mask(output.dim(), dim), true);
    return Primitives.pointwise(kernels.result(), new Tensor[] {gradOutput, output, sum})[0];
  }

  @Override
  public @Nullable Tensor gradient(Context ctx, int input, Tensor cotangent) {
    Tensor g = ctx.input(0);
    Tensor y = ctx.input(1);
    if (!logarithm) {
      if (input == 0) {
        // Linear in g, and symmetric.
        return Functions.apply(this, cotangent, y);
      }
      return cotangent.mul(g.sub(sum(g.mul(y)))).sub(g.mul(sum(cotangent.mul(y))));
    }
    Tensor scaled = cotangent.mul(y.exp());
    return input == 0 ? cotangent.sub(sum(scaled)) : scaled.mul(sum(g)).neg();
  }

  private Tensor sum(Tensor tensor) {
    return tensor.sum(new int[] {dim}, true);
  }

  @Override
  public Optional<TensorSpec[]> infer(@Nullable TensorSpec[] inputs) {
    return Optional.of(new TensorSpec[] {Objects.requireNonNull(inputs[1])});
  }
}
