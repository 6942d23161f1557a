package fluxion.engine.spi.accelerator;

import fluxion.engine.spi.Operand;

/** Softmax and its logarithm in one pass over the rows. */
public interface Softmax {
  /**
   * Computes {@code out = x − max − log Σ exp(x − max)} along a dimension, or its exponential.
   *
   * @param input what is read
   * @param dim the dimension
   * @param logarithm whether to store the logarithm
   * @param output the result, of the input's shape and dtype
   */
  void softmax(Operand input, int dim, boolean logarithm, Operand output);
}
