package fluxion.engine.print;

import fluxion.api.DType;
import java.util.List;

/**
 * How the elements of one tensor are written, all with one width.
 *
 * <p>It is shown every element that will be printed, then formats them. As in PyTorch, only the
 * finite numbers that are not 0 decide on the notation and the width; a longer {@code -inf} sticks
 * out.
 */
final class ElementFormat {
  private final Values values;
  private final PrintOptions options;
  private final boolean floating;

  /** Whether all numbers are whole; they are then written with a bare point. */
  private boolean whole = true;

  private boolean scientific;
  private int width = 1;

  /** Decides on a format for the elements with the given indices. */
  ElementFormat(Values values, List<Long> shown, PrintOptions options) {
    this.values = values;
    this.options = options;
    this.floating = values.dtype().isFloatingPoint();
    if (floating) {
      decide(shown);
    } else {
      for (long index : shown) {
        width = Math.max(width, integer(index).length());
      }
    }
  }

  private void decide(List<Long> shown) {
    double least = Double.POSITIVE_INFINITY;
    double greatest = 0;
    for (long index : shown) {
      double value = values.floating(index);
      if (counts(value)) {
        least = Math.min(least, Math.abs(value));
        greatest = Math.max(greatest, Math.abs(value));
        whole &= value == Math.rint(value);
      }
    }
    if (greatest == 0) {
      // As in PyTorch, options.scientific then does not matter either.
      return;
    }
    scientific = greatest / least > 1000 || greatest > 1e8 || (!whole && least < 1e-4);
    for (long index : shown) {
      double value = values.floating(index);
      if (counts(value)) {
        width = Math.max(width, number(value).length());
      }
    }
    // After the widths: a forced notation changes them no more.
    if (options.scientific() != null) {
      scientific = options.scientific();
    }
  }

  private static boolean counts(double value) {
    return Double.isFinite(value) && value != 0;
  }

  private String number(double value) {
    if (scientific) {
      return Decimals.scientific(value, options.precision());
    }
    if (whole) {
      return Decimals.fixed(value, 0) + (Double.isFinite(value) ? "." : "");
    }
    return Decimals.fixed(value, options.precision());
  }

  private String integer(long index) {
    long value = values.integer(index);
    if (values.dtype() == DType.BOOL) {
      return value == 0 ? "False" : "True";
    }
    return Long.toString(value);
  }

  /** {@return the number of characters of an element, but for those that stick out} */
  int width() {
    return width;
  }

  /** {@return an element, padded on the left} */
  String format(long index) {
    String text = floating ? number(values.floating(index)) : integer(index);
    return " ".repeat(Math.max(0, width - text.length())).concat(text);
  }
}
