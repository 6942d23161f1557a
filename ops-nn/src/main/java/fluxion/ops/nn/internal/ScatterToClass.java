package fluxion.ops.nn.internal;

import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Function;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Primitives;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Zeros, but at the classes a value times a factor: the gradient of a loss that looks at one class
 * alone. Linear in the values, with {@link PickClass} as its adjoint.
 *
 * <p>Inputs are the values, which expand to the classes' shape, the factors and the classes.
 *
 * @param shape the shape of the result
 * @param dim the dimension of the classes
 */
record ScatterToClass(Shape shape, int dim) implements Function {
  /** The product in a dtype of values; factors are of the compute dtype. */
  static final PerDType<Kernel> PRODUCT =
      new PerDType<>(
          dtype -> {
            DType compute = dtype.computeType();
            Expr value = Expr.input(0, dtype).cast(compute);
            return Kernel.of(value.mul(Expr.input(1, compute)).cast(dtype));
          });

  @Override
  public String name() {
    return "NllLossBackwardBackward0";
  }

  @Override
  public Tensor[] forward(Context ctx, @Nullable Tensor[] inputs) {
    Tensor values = Objects.requireNonNull(inputs[0]);
    Tensor factors = Objects.requireNonNull(inputs[1]);
    Tensor classes = Objects.requireNonNull(inputs[2]);
    ctx.saveInput(1);
    ctx.saveInput(2);
    Kernel product = PRODUCT.of(values.dtype());
    Tensor scaled = Primitives.pointwise(product, new Tensor[] {values, factors})[0];
    return new Tensor[] {Primitives.scatterAdd(shape, dim, classes, scaled)};
  }

  @Override
  public @Nullable Tensor[] backward(Context ctx, @Nullable Tensor[] gradOutputs) {
    Tensor gradOutput = Objects.requireNonNull(gradOutputs[0]);
    Tensor gradient = Functions.apply(new PickClass(dim), gradOutput, ctx.input(1), ctx.input(2));
    return new @Nullable Tensor[] {gradient, null, null};
  }
}
