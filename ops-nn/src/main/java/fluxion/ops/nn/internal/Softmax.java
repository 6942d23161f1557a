package fluxion.ops.nn.internal;

import fluxion.api.DType;
import fluxion.api.Tensor;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Primitives;
import fluxion.engine.spi.Reduction;
import fluxion.engine.spi.TensorSpec;
import fluxion.engine.spi.UnaryFunction;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Softmax along a dimension, or its logarithm. The largest element is taken off first, so that
 * nothing overflows.
 *
 * @param dim the dimension, from 0
 * @param logarithm whether the logarithm is wanted
 */
record Softmax(int dim, boolean logarithm) implements UnaryFunction {
  @Override
  public boolean keepsGradients() {
    return false;
  }

  /** What is launched for a dtype. */
  private record Kernels(Reduction max, Kernel shifted, Reduction sum, Kernel result) {
    static Kernels softmax(DType dtype) {
      DType compute = dtype.computeType();
      Expr first = Expr.input(0, compute);
      Expr second = Expr.input(1, compute);
      return new Kernels(
          Reduction.of(Reduction.Kind.MAX, dtype, compute, compute),
          Kernel.of(Expr.input(0, dtype).cast(compute).sub(second).exp()),
          Reduction.of(Reduction.Kind.SUM, compute, compute, compute),
          Kernel.of(first.div(second).cast(dtype)));
    }

    static Kernels logSoftmax(DType dtype) {
      DType compute = dtype.computeType();
      Expr shifted = Expr.input(0, dtype).cast(compute).sub(Expr.input(1, compute));
      return new Kernels(
          Reduction.of(Reduction.Kind.MAX, dtype, compute, compute),
          Kernel.of(shifted),
          new Reduction(
              Reduction.Kind.SUM,
              Kernel.of(shifted.exp()),
              compute,
              Kernel.of(Expr.input(0, compute).log())),
          // Not x − (max + log): of large numbers that lie close, the difference would be lost.
          Kernel.of(shifted.sub(Expr.input(2, compute)).cast(dtype)));
    }
  }

  private static final PerDType<Kernels> SOFTMAX = new PerDType<>(Kernels::softmax);
  private static final PerDType<Kernels> LOG_SOFTMAX = new PerDType<>(Kernels::logSoftmax);

  @Override
  public String name() {
    return logarithm ? "LogSoftmaxBackward0" : "SoftmaxBackward0";
  }

  @Override
  public Tensor forward(Context ctx, Tensor input) {
    ctx.saveOutput(0);
    return of(input);
  }

  /** The result, in a forward. */
  Tensor of(Tensor input) {
    if (input.numel() == 0) {
      return Primitives.zeros(input.shape(), input.dtype(), input);
    }
    Optional<fluxion.engine.spi.accelerator.Softmax> accelerator =
        Primitives.accelerator(fluxion.engine.spi.accelerator.Softmax.class, input);
    if (accelerator.isPresent()) {
      Tensor output = Primitives.unspecified(input.shape(), input.dtype(), input);
      accelerator
          .get()
          .softmax(Primitives.operand(input), dim, logarithm, Primitives.operand(output));
      return output;
    }
    return decomposed(input);
  }

  /** By the primitives, where the device has no softmax of its own. */
  Tensor decomposed(Tensor input) {
    Kernels kernels = (logarithm ? LOG_SOFTMAX : SOFTMAX).of(input.dtype());
    boolean[] mask = mask(input.dim(), dim);
    Tensor max = Primitives.reduce(kernels.max(), new Tensor[] {input}, mask, true);
    Tensor[] inputs = {input, max};
    if (logarithm) {
      Tensor log = Primitives.reduce(kernels.sum(), inputs, mask, true);
      return Primitives.pointwise(kernels.result(), new Tensor[] {input, max, log})[0];
    }
    // Kept between the two passes: exponentials cost more than memory.
    Tensor exponentials = Primitives.pointwise(kernels.shifted(), inputs)[0];
    Tensor sum = Primitives.reduce(kernels.sum(), new Tensor[] {exponentials}, mask, true);
    return Primitives.pointwise(kernels.result(), new Tensor[] {exponentials, sum})[0];
  }

  /** Which dimension is folded; none of a tensor without dimensions. */
  static boolean[] mask(int dims, int dim) {
    boolean[] mask = new boolean[dims];
    if (dims > 0) {
      mask[dim] = true;
    }
    return mask;
  }

  @Override
  public Tensor backward(Context ctx, Tensor gradOutput) {
    return Functions.apply(new SoftmaxGradient(dim, logarithm), gradOutput, ctx.output(0));
  }

  @Override
  public Optional<TensorSpec[]> infer(@Nullable TensorSpec[] inputs) {
    return Optional.of(new TensorSpec[] {Objects.requireNonNull(inputs[0])});
  }
}
