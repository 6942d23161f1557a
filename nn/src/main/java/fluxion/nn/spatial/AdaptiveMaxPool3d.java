package fluxion.nn.spatial;

import org.jspecify.annotations.Nullable;

/**
 * The largest elements of as many windows as are wanted, over three dimensions, {@code [N, C, D, H,
 * W]}.
 */
public final class AdaptiveMaxPool3d extends AdaptiveMaxPool {
  /**
   * Makes a pool.
   *
   * @param outputSize how many windows a dimension has: one number, or three; null for its size
   */
  public AdaptiveMaxPool3d(@Nullable Long... outputSize) {
    super(3, outputSize);
  }
}
