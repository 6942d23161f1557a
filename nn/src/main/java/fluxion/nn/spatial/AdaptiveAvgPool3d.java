package fluxion.nn.spatial;

import org.jspecify.annotations.Nullable;

/** The means of as many windows as are wanted, over three dimensions, {@code [N, C, D, H, W]}. */
public final class AdaptiveAvgPool3d extends AdaptiveAvgPool {
  /**
   * Makes a pool.
   *
   * @param outputSize how many windows a dimension has: one number, or three; null for its size
   */
  public AdaptiveAvgPool3d(@Nullable Long... outputSize) {
    super(3, outputSize);
  }
}
