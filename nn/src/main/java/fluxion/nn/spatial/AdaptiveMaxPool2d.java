package fluxion.nn.spatial;

import org.jspecify.annotations.Nullable;

/**
 * The largest elements of as many windows as are wanted, over two dimensions, {@code [N, C, H, W]}.
 */
public final class AdaptiveMaxPool2d extends AdaptiveMaxPool {
  /**
   * Makes a pool.
   *
   * @param outputSize how many windows a dimension has: one number, or two; null for its size
   */
  public AdaptiveMaxPool2d(@Nullable Long... outputSize) {
    super(2, outputSize);
  }
}
