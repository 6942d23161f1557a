package fluxion.nn;

import fluxion.api.Tensor;
import org.jspecify.annotations.Nullable;

/** What runs before a layer is called: see {@link Layer#registerForwardPreHook}. */
@FunctionalInterface
public interface ForwardPreHook {
  /**
   * Looks at a call, and may replace its input.
   *
   * @param layer the layer that is called
   * @param input what it is given, or what an earlier hook made of that
   * @return what takes the input's place, or null to leave it
   */
  @Nullable Tensor before(Layer layer, Tensor input);
}
