package fluxion.nn.spatial;

import fluxion.nn.internal.Sizes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options of pools: immutable, each method gives a changed copy. Sizes are one number for all
 * dimensions, or one for each.
 *
 * @param kernelSize the size of a window
 * @param stride the step of the windows; null for their size
 * @param padding how far they reach beyond the input
 * @param dilation the distance of a window's elements; for maxima
 * @param ceilMode whether windows that begin inside and end outside count
 * @param countIncludePad whether what is beyond the input counts as zeros; for means
 * @param divisorOverride what means divide by instead of the number of elements, or null
 */
public record PoolOptions(
    List<Long> kernelSize,
    @Nullable List<Long> stride,
    List<Long> padding,
    List<Long> dilation,
    boolean ceilMode,
    boolean countIncludePad,
    @Nullable Long divisorOverride) {

  /**
   * Takes the options as they are; the operator checks them together.
   *
   * @param kernelSize the size of a window
   * @param stride the step of the windows; null for their size
   * @param padding how far they reach beyond the input
   * @param dilation the distance of a window's elements
   * @param ceilMode whether windows that begin inside and end outside count
   * @param countIncludePad whether what is beyond the input counts as zeros
   * @param divisorOverride what means divide by, or null
   */
  public PoolOptions {
    kernelSize = List.copyOf(kernelSize);
    stride = stride == null ? null : List.copyOf(stride);
    padding = List.copyOf(padding);
    dilation = List.copyOf(dilation);
  }

  /**
   * {@return options with windows of a size side by side}
   *
   * @param sizes the size of a window
   */
  public static PoolOptions kernel(long... sizes) {
    return new PoolOptions(Sizes.of(sizes), null, List.of(0L), List.of(1L), false, true, null);
  }

  /**
   * {@return these options with another stride}
   *
   * @param sizes the step of the windows
   */
  public PoolOptions stride(long... sizes) {
    return new PoolOptions(
        kernelSize, Sizes.of(sizes), padding, dilation, ceilMode, countIncludePad, divisorOverride);
  }

  /**
   * {@return these options with another padding}
   *
   * @param sizes how far windows reach beyond the input
   */
  public PoolOptions padding(long... sizes) {
    return new PoolOptions(
        kernelSize, stride, Sizes.of(sizes), dilation, ceilMode, countIncludePad, divisorOverride);
  }

  /**
   * {@return these options with another dilation}
   *
   * @param sizes the distance of a window's elements
   */
  public PoolOptions dilation(long... sizes) {
    return new PoolOptions(
        kernelSize, stride, padding, Sizes.of(sizes), ceilMode, countIncludePad, divisorOverride);
  }

  /**
   * {@return these options with another rule for the last window}
   *
   * @param up whether windows that begin inside and end outside count
   */
  public PoolOptions ceilMode(boolean up) {
    return new PoolOptions(
        kernelSize, stride, padding, dilation, up, countIncludePad, divisorOverride);
  }

  /**
   * {@return these options with another rule for what is beyond the input}
   *
   * @param counts whether it counts as zeros
   */
  public PoolOptions countIncludePad(boolean counts) {
    return new PoolOptions(
        kernelSize, stride, padding, dilation, ceilMode, counts, divisorOverride);
  }

  /**
   * {@return these options with another divisor of means}
   *
   * @param divisor what they divide by
   */
  public PoolOptions divisorOverride(long divisor) {
    return new PoolOptions(
        kernelSize, stride, padding, dilation, ceilMode, countIncludePad, divisor);
  }

  /** The step of the windows, which is their size where none is said. */
  List<Long> steps() {
    return stride == null ? kernelSize : stride;
  }
}
