package fluxion.nn;

import fluxion.api.Tensor;
import org.jspecify.annotations.Nullable;

/** What runs after a layer was called: see {@link Layer#registerForwardHook}. */
@FunctionalInterface
public interface ForwardHook {
  /**
   * Looks at a call, and may replace its result.
   *
   * @param layer the layer that was called
   * @param input what it was given
   * @param output what it made of it, or what an earlier hook made of that
   * @return what takes the output's place, or null to leave it
   */
  @Nullable Tensor after(Layer layer, Tensor input, Tensor output);
}
