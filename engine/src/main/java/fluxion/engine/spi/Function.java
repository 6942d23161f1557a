package fluxion.engine.spi;

import fluxion.api.Tensor;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A differentiable function: an immutable value, best a record whose components are the call's
 * arguments that are not tensors.
 *
 * <p>{@link #forward} runs with recording off. It computes through {@link Primitives} or by tensor
 * operations and keeps what {@link #backward} needs through the context, never in a field. Tensors
 * are not changed, and an output shares no memory with an input.
 *
 * <p>{@link #backward} is written in differentiable tensor operations, so that it can be
 * differentiated itself.
 */
public interface Function {
  /**
   * {@return the name of the function's node in the graph}
   *
   * <p>It is the class's simple name followed by {@code Backward0}, unless overridden.
   */
  default String name() {
    return getClass().getSimpleName() + "Backward0";
  }

  /**
   * {@return the outputs}
   *
   * @param ctx what is known of this call
   * @param inputs the inputs; an absent optional tensor is null
   */
  Tensor[] forward(Context ctx, @Nullable Tensor[] inputs);

  /**
   * {@return a gradient for each input, null where there is none}
   *
   * <p>A gradient may have the shape to which its input was broadcast, and another dtype: the
   * engine sums and casts.
   *
   * @param ctx what is known of the call
   * @param gradOutputs a cotangent for each output, null where nothing depends on it; at least one
   *     is there
   */
  @Nullable Tensor[] backward(Context ctx, @Nullable Tensor[] gradOutputs);

  /**
   * {@return the outputs' shapes and dtypes, found without data, if the function can tell}
   *
   * @param inputs what the inputs are, null where absent
   */
  default Optional<TensorSpec[]> infer(@Nullable TensorSpec[] inputs) {
    return Optional.empty();
  }

  /**
   * {@return whether {@link #forward} takes more dimensions in front for a batch of what it is
   * applied to}
   *
   * <p>A function that computes through {@link Primitives} and tensor operations alone need not say
   * so: it is called over a batch as it is, on tensors that hide the batch. One that reads values
   * and says yes is given tensors of one rank, with dimensions for the batch in front; it keeps
   * inputs and outputs only. One that reads values and says no is refused over a batch.
   */
  default boolean batchesInFront() {
    return false;
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
