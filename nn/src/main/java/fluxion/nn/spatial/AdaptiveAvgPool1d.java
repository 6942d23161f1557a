package fluxion.nn.spatial;

import org.jspecify.annotations.Nullable;

/** The means of as many windows as are wanted, over one dimension, {@code [N, C, L]}. */
public final class AdaptiveAvgPool1d extends AdaptiveAvgPool {
  /**
   * Makes a pool.
   *
   * @param outputSize how many windows a dimension has: one number; null for its size
   */
  public AdaptiveAvgPool1d(@Nullable Long... outputSize) {
    super(1, outputSize);
  }
}
