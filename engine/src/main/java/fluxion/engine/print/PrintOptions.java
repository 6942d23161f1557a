package fluxion.engine.print;

import fluxion.api.ArgumentException;
import org.jspecify.annotations.Nullable;

/**
 * How {@link TensorPrinter} lays out a tensor; PyTorch's {@code set_printoptions}.
 *
 * @param precision the number of digits after the decimal point
 * @param threshold the number of elements above which a tensor is summarised
 * @param edgeItems how many items a summary shows at either end of a dimension, at least 1
 * @param lineWidth the number of characters after which a line is broken
 * @param scientific whether floating-point numbers are given with exponents; null to decide by
 *     their sizes
 */
public record PrintOptions(
    int precision, long threshold, int edgeItems, int lineWidth, @Nullable Boolean scientific) {
  /** PyTorch's defaults: 4 digits, 1000 elements, 3 items at the edges, 80 characters. */
  public static final PrintOptions DEFAULT = new PrintOptions(4, 1000, 3, 80, null);

  /** PyTorch's {@code profile="short"}: as the defaults, but 2 digits and 2 items at the edges. */
  public static final PrintOptions SHORT = new PrintOptions(2, 1000, 2, 80, null);

  /** PyTorch's {@code profile="full"}: as the defaults, but never summarised. */
  public static final PrintOptions FULL = new PrintOptions(4, Long.MAX_VALUE, 3, 80, null);

  /**
   * Checks the components.
   *
   * @throws ArgumentException if one is out of range
   */
  public PrintOptions {
    if (precision < 0 || threshold < 0 || edgeItems < 1 || lineWidth < 1) {
      throw new ArgumentException(
          "print options need precision >= 0, threshold >= 0, edgeItems >= 1 and lineWidth >= 1,"
              + " but got "
              + precision
              + ", "
              + threshold
              + ", "
              + edgeItems
              + " and "
              + lineWidth);
    }
  }
}
