package fluxion.engine.spi;

import fluxion.api.Tensor;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A {@link Function} of two tensors with one result, without arrays. */
public interface BinaryFunction extends Function {
  /**
   * {@return the result}
   *
   * @param ctx what is known of this call
   * @param left the first tensor
   * @param right the second
   */
  Tensor forward(Context ctx, Tensor left, Tensor right);

  /**
   * {@return the gradient of an input, or null for none; called for each input that needs one}
   *
   * @param ctx what is known of the call
   * @param input which input, 0 or 1
   * @param gradOutput the cotangent of the result
   */
  @Nullable Tensor gradient(Context ctx, int input, Tensor gradOutput);

  @Override
  default Tensor[] forward(Context ctx, @Nullable Tensor[] inputs) {
    return new Tensor[] {
      forward(ctx, Objects.requireNonNull(inputs[0]), Objects.requireNonNull(inputs[1]))
    };
  }

  @Override
  default @Nullable Tensor[] backward(Context ctx, @Nullable Tensor[] gradOutputs) {
    Tensor gradOutput = Objects.requireNonNull(gradOutputs[0]);
    return new @Nullable Tensor[] {
      ctx.needsGradient(0) ? gradient(ctx, 0, gradOutput) : null,
      ctx.needsGradient(1) ? gradient(ctx, 1, gradOutput) : null
    };
  }
}
