package fluxion.ops.nn.internal;

import fluxion.api.DType;
import fluxion.api.Tensor;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Function;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Primitives;
import fluxion.engine.spi.TensorSpec;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of {@link CrossEntropy}, {@code (onehot − exp(y)) · v} with {@code v = g · factor},
 * in one pass.
 *
 * <p>Inputs are the cotangents g, which expand to the classes' shape, the log-probabilities y, the
 * factors and the classes.
 *
 * @param dim the dimension of the classes
 */
record CrossEntropyGradient(int dim) implements Function {
  /** The gradient by the dimension of the classes, from g, y, the factors and the classes. */
  private static final List<PerDType<Kernel>> GRADIENT =
      List.of(new PerDType<>(dtype -> kernel(dtype, 0)), new PerDType<>(dtype -> kernel(dtype, 1)));

  private static Kernel kernel(DType dtype, int dim) {
    DType compute = dtype.computeType();
    Expr g = Expr.input(0, dtype).cast(compute);
    Expr y = Expr.input(1, dtype).cast(compute);
    // rounded to its dtype, as the elements are that ScatterToClass writes
    Expr value = g.mul(Expr.input(2, compute)).cast(dtype).cast(compute);
    Expr isClass = Expr.index(dim).eq(Expr.input(3, DType.INT64));
    Expr hot = Expr.select(isClass, value, Expr.literal(compute, 0));
    return Kernel.of(hot.sub(y.exp().mul(value)).cast(dtype));
  }

  @Override
  public String name() {
    return "LogSoftmaxBackwardDataBackward0";
  }

  @Override
  public boolean keepsGradients() {
    return false;
  }

  @Override
  public Tensor[] forward(Context ctx, @Nullable Tensor[] inputs) {
    Tensor g = Objects.requireNonNull(inputs[0]);
    Tensor y = Objects.requireNonNull(inputs[1]);
    Tensor factors = Objects.requireNonNull(inputs[2]);
    Tensor classes = Objects.requireNonNull(inputs[3]);
    for (int i = 0; i < inputs.length; i++) {
      ctx.saveInput(i);
    }
    Tensor[] operands = {g, y, factors, classes};
    return Primitives.pointwise(GRADIENT.get(dim).of(y.dtype()), operands);
  }

  @Override
  public @Nullable Tensor[] backward(Context ctx, @Nullable Tensor[] gradOutputs) {
    Tensor c = Objects.requireNonNull(gradOutputs[0]);
    Tensor y = ctx.input(1);
    Tensor factors = ctx.input(2);
    Tensor scaled = c.mul(y.exp());
    Tensor centred = c.sub(scaled.sum(new int[] {dim}, true));
    return new @Nullable Tensor[] {
      Functions.apply(new PickClass(dim), centred, factors, ctx.input(3)),
      scaled.mul(ctx.input(0).mul(factors)).neg(),
      null,
      null
    };
  }

  @Override
  public Optional<TensorSpec[]> infer(@Nullable TensorSpec[] inputs) {
    return Optional.of(new TensorSpec[] {Objects.requireNonNull(inputs[1])});
  }
}
