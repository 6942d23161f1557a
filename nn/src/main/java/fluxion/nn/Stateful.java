package fluxion.nn;

import fluxion.api.ArgumentException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What has a state that a run needs to go on: a layer, an optimiser, a scheduler, a metric.
 *
 * <p>State is a tree of maps, lists, tensors, numbers, truth values, texts and null, which {@link
 * fluxion.nn.checkpoint.PyTorch} writes and reads.
 */
public interface Stateful {
  /**
   * {@return the state by names; its tensors may be the object's own, which change as it goes on}
   */
  Map<String, ? extends @Nullable Object> stateDict();

  /**
   * Checks saved state, and makes ready to go on from it. Nothing is changed yet, so that several
   * objects can be checked before the first of them is changed.
   *
   * @param dict what {@link #stateDict()} gave
   * @return makes the change; to be run at most once, and before the object changes otherwise
   * @throws ArgumentException if it does not fit: the message lists everything that is wrong
   */
  Runnable prepareLoad(Map<?, ?> dict);
}
