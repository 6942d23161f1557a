package fluxion.engine.spi.accelerator;

import fluxion.engine.spi.Operand;

/** The gradients of softmax and of its logarithm in one pass over the lines along a dimension. */
public interface SoftmaxGradient {
  /**
   * Computes {@code (g − Σ g · y) · y} along a dimension, or {@code g − exp(y) · Σ g} where y is
   * the logarithm.
   *
   * <p>Computed is in the dtype's compute dtype; a result is rounded to its dtype once, at the end.
   *
   * @param gradOutput the cotangent g, of the shape and dtype of y and any layout, broadcast ones
   *     among them
   * @param output what softmax gave, y, of a floating-point dtype and any layout
   * @param dim the dimension, from 0; 0 for a scalar, which is a line of one element
   * @param logarithm whether y is the logarithm
   * @param result the gradient, of the shape and dtype of y and any layout; it shares no memory
   *     with the others, or is the same window
   */
  void gradient(Operand gradOutput, Operand output, int dim, boolean logarithm, Operand result);
}
