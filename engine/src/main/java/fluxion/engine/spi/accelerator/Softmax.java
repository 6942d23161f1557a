package fluxion.engine.spi.accelerator;

import fluxion.engine.spi.Operand;

/** Softmax and its logarithm in one pass over the lines along a dimension. */
public interface Softmax {
  /**
   * Computes {@code out = x − max − log Σ exp(x − max)} along a dimension, or its exponential.
   *
   * <p>Computed is in the dtype's compute dtype; a result is rounded to its dtype once, at the end.
   * A line with a NaN is all NaN, and so is one whose largest element is infinite or whose elements
   * are all −∞.
   *
   * @param input what is read, of a floating-point dtype and any layout
   * @param dim the dimension, from 0; 0 for a scalar, which is a line of one element
   * @param logarithm whether to store the logarithm
   * @param output the result, of the input's shape and dtype and any layout; it shares no memory
   *     with the input, or is the same window
   */
  void softmax(Operand input, int dim, boolean logarithm, Operand output);
}
