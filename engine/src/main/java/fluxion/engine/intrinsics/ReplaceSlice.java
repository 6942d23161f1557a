package fluxion.engine.intrinsics;

import fluxion.api.Scalar;
import fluxion.api.Tensor;
import fluxion.engine.dispatch.Launches;
import fluxion.engine.dispatch.Writes;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Function;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A tensor with the elements of a slice replaced by those of another, or by zeros.
 *
 * @param view the slice
 */
record ReplaceSlice(AsStrided view) implements Function {
  @Override
  public boolean keepsGradients() {
    return false;
  }

  @Override
  public Tensor[] forward(Context ctx, @Nullable Tensor[] inputs) {
    Tensor tensor = Objects.requireNonNull(inputs[0]);
    Tensor memory = Intrinsics.zerosLike(view, tensor);
    Tensor result = Launches.alias(memory, Intrinsics.in(view.base()));
    Writes.copy(tensor, result);
    Tensor slice = Launches.alias(memory, Intrinsics.in(view.view()));
    Tensor values = inputs[1];
    if (values == null) {
      Writes.fill(slice, Scalar.of(0));
    } else {
      Writes.copy(values, slice);
    }
    return new Tensor[] {result};
  }

  @Override
  public @Nullable Tensor[] backward(Context ctx, @Nullable Tensor[] gradOutputs) {
    Tensor gradOutput = Objects.requireNonNull(gradOutputs[0]);
    return new @Nullable Tensor[] {
      ctx.needsGradient(0) ? Intrinsics.replaceSlice(gradOutput, view, null) : null,
      ctx.needsGradient(1) ? Intrinsics.restride(gradOutput, view) : null
    };
  }
}
