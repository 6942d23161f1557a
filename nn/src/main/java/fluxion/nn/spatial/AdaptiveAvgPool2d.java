package fluxion.nn.spatial;

import org.jspecify.annotations.Nullable;

/** The means of as many windows as are wanted, over two dimensions, {@code [N, C, H, W]}. */
public final class AdaptiveAvgPool2d extends AdaptiveAvgPool {
  /**
   * Makes a pool.
   *
   * @param outputSize how many windows a dimension has: one number, or two; null for its size
   */
  public AdaptiveAvgPool2d(@Nullable Long... outputSize) {
    super(2, outputSize);
  }
}
