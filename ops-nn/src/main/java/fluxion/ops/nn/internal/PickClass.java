package fluxion.ops.nn.internal;

import fluxion.api.Tensor;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Function;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Primitives;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The values at the classes, each times a factor: the adjoint of {@link ScatterToClass}.
 *
 * <p>Inputs are the values, the factors and the classes.
 *
 * @param dim the dimension of the classes
 */
record PickClass(int dim) implements Function {
  @Override
  public Tensor[] forward(Context ctx, @Nullable Tensor[] inputs) {
    Tensor values = Objects.requireNonNull(inputs[0]);
    Tensor factors = Objects.requireNonNull(inputs[1]);
    Tensor classes = Objects.requireNonNull(inputs[2]);
    ctx.saveInput(1);
    ctx.saveInput(2);
    Tensor picked = Primitives.gather(values, dim, classes);
    return Primitives.pointwise(
        ScatterToClass.PRODUCT.of(values.dtype()), new Tensor[] {picked, factors});
  }

  @Override
  public @Nullable Tensor[] backward(Context ctx, @Nullable Tensor[] gradOutputs) {
    Tensor gradOutput = Objects.requireNonNull(gradOutputs[0]);
    Tensor gradient =
        Functions.apply(
            new ScatterToClass(ctx.inputSpec(0).shape(), dim),
            gradOutput,
            ctx.input(1),
            ctx.input(2));
    return new @Nullable Tensor[] {gradient, null, null};
  }
}
