package fluxion.engine.spi.accelerator;

import fluxion.api.DType;
import fluxion.engine.spi.Operand;

/**
 * The mean of each window over the last two dimensions, and its gradient.
 *
 * <p>Operands have one floating-point dtype and at least one element, and what is read has any
 * layout; divisors have the dtype's compute dtype, in which sums and quotients are computed, and a
 * result is rounded to its dtype once. What is written is contiguous and in memory of its own. Of
 * the order of summands nothing is asked but that it depends on shapes alone.
 */
public interface AvgPool2d {
  /**
   * How windows slide along a dimension: window {@code o} has the elements {@code o · stride + k −
   * padding} for {@code k} from 0 to {@code kernel − 1} that there are; others count as zero.
   *
   * @param kernel the number of elements of a window, at least 1
   * @param stride the step from one window to the next, at least 1
   * @param padding how many elements the first window starts before the first element
   */
  record Slide(long kernel, long stride, long padding) {}

  /**
   * {@return whether the device may have loops for a dtype}
   *
   * @param dtype the dtype of images and means
   */
  boolean takes(DType dtype);

  /**
   * Computes the sum of each window, divided by a number of its own, if the device has loops for
   * these operands; otherwise nothing is written, and the operator's decomposition runs. Both have
   * the same bits.
   *
   * @param input what is read, {@code […, H, W]}
   * @param rows how windows slide along the last dimension but one
   * @param columns how they slide along the last
   * @param divisors by what sums are divided, {@code [rows of windows, columns of windows]}
   * @param result takes the means, {@code […, rows of windows, columns of windows]}
   * @return whether it was done
   */
  boolean avgPool2d(Operand input, Slide rows, Slide columns, Operand divisors, Operand result);

  /**
   * Computes the gradient, if the device has loops for these operands; otherwise nothing is
   * written, and the operator's decomposition runs. Both have the same bits. An element of the
   * gradient is the sum of {@code g / divisor} of the windows that it is in.
   *
   * @param g the cotangent of the means, {@code […, rows of windows, columns of windows]}
   * @param rows how windows slide along the last dimension but one
   * @param columns how they slide along the last
   * @param divisors by what sums were divided, {@code [rows of windows, columns of windows]}
   * @param target takes the gradient, {@code […, H, W]}
   * @return whether it was done
   */
  boolean gradient(Operand g, Slide rows, Slide columns, Operand divisors, Operand target);
}
