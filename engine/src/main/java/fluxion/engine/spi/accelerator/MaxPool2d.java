package fluxion.engine.spi.accelerator;

import fluxion.engine.spi.Operand;

/** The largest element of each window over the last two dimensions, and its place. */
public interface MaxPool2d {
  /**
   * How windows slide along a dimension: window {@code o} has the elements {@code o · stride + k ·
   * dilation − padding} for {@code k} from 0 to {@code kernel − 1} that there are.
   *
   * @param kernel the number of elements of a window, at least 1
   * @param stride the step from one window to the next, at least 1
   * @param padding how many elements the first window starts before the first element
   * @param dilation the step from one element of a window to the next, at least 1
   */
  record Slide(long kernel, long stride, long padding, long dilation) {}

  /**
   * Finds the largest elements, if the device has loops for these operands; otherwise nothing is
   * written, and the operator's decomposition runs.
   *
   * <p>Elements of a window are compared in row-major order. The first of equal ones wins, and each
   * NaN wins over what was before. The value is the element itself, bit for bit; of the two zeros,
   * which are equal, the first.
   *
   * @param input what is read, {@code […, H, W]}, of any dtype and layout, with at least one
   *     element
   * @param rows how windows slide along the last dimension but one
   * @param columns how they slide along the last
   * @param values receives the largest elements, {@code […, rows of windows, columns of windows]},
   *     contiguous, of the input's dtype, in memory of its own
   * @param places receives their places in the plane, {@code row · W + column}: int64, of that
   *     shape, contiguous, in memory of its own
   * @return whether it was done
   */
  boolean maxPool2d(Operand input, Slide rows, Slide columns, Operand values, Operand places);
}
