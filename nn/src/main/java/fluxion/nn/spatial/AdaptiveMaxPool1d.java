package fluxion.nn.spatial;

import org.jspecify.annotations.Nullable;

/** The largest elements of as many windows as are wanted, over one dimension, {@code [N, C, L]}. */
public final class AdaptiveMaxPool1d extends AdaptiveMaxPool {
  /**
   * Makes a pool.
   *
   * @param outputSize how many windows a dimension has: one number; null for its size
   */
  public AdaptiveMaxPool1d(@Nullable Long... outputSize) {
    super(1, outputSize);
  }
}
