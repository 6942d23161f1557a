package fluxion.engine.spi;

import fluxion.api.Tensor;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Function} whose result is its first input with some elements written: out of place, into
 * a copy, or in place ({@link Functions#applyInPlace}), where nothing but what is written is
 * touched.
 *
 * <p>It does not save its first input, which in place is overwritten.
 */
public interface UpdateFunction extends Function {
  /**
   * Writes into the first input, or into a copy of it.
   *
   * <p>Whatever can be refused is refused before anything is written.
   *
   * @param ctx what is known of this call
   * @param target what is written, with the first input's values and shape
   * @param inputs the inputs; an absent optional tensor is null
   */
  void update(Context ctx, Tensor target, @Nullable Tensor[] inputs);

  @Override
  default Tensor[] forward(Context ctx, @Nullable Tensor[] inputs) {
    Tensor self = Objects.requireNonNull(inputs[0]);
    Tensor target = Primitives.copyOf(self);
    update(ctx, target, inputs);
    return new Tensor[] {target};
  }
}
