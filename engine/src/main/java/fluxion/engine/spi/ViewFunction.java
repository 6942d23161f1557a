package fluxion.engine.spi;

import fluxion.api.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A function whose result is the input's memory in another layout. The layout is all that it
 * computes; result, history and replay follow from it.
 */
public interface ViewFunction {
  /**
   * {@return the name of the function's node in the graph}
   *
   * <p>It is the class's simple name followed by {@code Backward0}, unless overridden.
   */
  default String name() {
    return getClass().getSimpleName().concat("Backward0");
  }

  /**
   * {@return the layout of the view}
   *
   * @param input the layout of the input
   */
  Layout layout(Layout input);

  /**
   * {@return the gradient of the input}
   *
   * <p>By default the cotangent goes to where the view's elements lie, into zeros.
   *
   * @param input what the input is
   * @param gradOutput the cotangent of the view
   */
  default @Nullable Tensor backward(TensorSpec input, Tensor gradOutput) {
    return Functions.embed(this, input.shape(), gradOutput);
  }

  /**
   * {@return whether {@link #backward} may leave behind a cotangent, a result or anything else that
   * it makes, where it can be found after the call}
   *
   * <p>A function that says no lets the engine give gradients back as soon as they have been used.
   * It computes its gradients by tensor operations and stores none of them in a field, nor hands
   * one to other code.
   */
  default boolean keepsGradients() {
    return true;
  }
}
