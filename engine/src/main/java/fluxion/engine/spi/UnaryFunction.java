package fluxion.engine.spi;

import fluxion.api.Tensor;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A {@link Function} of one tensor with one result, without arrays. */
public interface UnaryFunction extends Function {
  /**
   * {@return the result}
   *
   * @param ctx what is known of this call
   * @param input the tensor
   */
  Tensor forward(Context ctx, Tensor input);

  /**
   * {@return the gradient of the input, or null for none}
   *
   * @param ctx what is known of the call
   * @param gradOutput the cotangent of the result
   */
  @Nullable Tensor backward(Context ctx, Tensor gradOutput);

  @Override
  default Tensor[] forward(Context ctx, @Nullable Tensor[] inputs) {
    return new Tensor[] {forward(ctx, Objects.requireNonNull(inputs[0]))};
  }

  @Override
  default @Nullable Tensor[] backward(Context ctx, @Nullable Tensor[] gradOutputs) {
    return new @Nullable Tensor[] {backward(ctx, Objects.requireNonNull(gradOutputs[0]))};
  }
}
