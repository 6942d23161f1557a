package fluxion.engine.spi.accelerator;

import fluxion.engine.spi.Operand;

/**
 * What layer, group and instance normalisation share: lines with their mean taken off, divided by
 * their standard deviation. A line is all dimensions from one on.
 *
 * <p>Operands have one floating-point dtype and at least one element, and what is read has any
 * layout. Statistics have the shape of the tensor with the dimensions of a line of size 1, and the
 * dtype's compute dtype, in which sums are computed; a result is rounded to its dtype once. What is
 * written is contiguous and in memory of its own. Of the order of summands nothing is asked but
 * that it depends on shapes alone.
 */
public interface Standardization {
  /**
   * Computes {@code result = (input − mean) · rstd} with the mean of a line, its variance {@code
   * mean((input − mean)²)} and {@code rstd = 1 / √(variance + eps)}, if the device has loops for
   * these operands; otherwise nothing is written, and the operator's decomposition runs. Both have
   * the same bits.
   *
   * @param input what is read
   * @param from the first dimension of a line
   * @param eps what is added to the variance
   * @param result takes the standardised lines, of the input's shape and dtype
   * @param rstd takes the reciprocals of the standard deviations
   * @param mean takes the means
   * @param variance takes the variances
   * @return whether it was done
   */
  boolean standardize(
      Operand input,
      int from,
      double eps,
      Operand result,
      Operand rstd,
      Operand mean,
      Operand variance);

  /**
   * Computes the gradient {@code (g − mean(g) − result · mean(g · result)) · rstd}, if the device
   * has loops for these operands; otherwise nothing is written, and the operator's decomposition
   * runs. Both have the same bits.
   *
   * @param g the cotangent of the result
   * @param result the standardised lines
   * @param rstd the reciprocals of the standard deviations
   * @param from the first dimension of a line
   * @param target takes the gradient, of the shape and dtype of the result
   * @return whether it was done
   */
  boolean gradient(Operand g, Operand result, Operand rstd, int from, Operand target);
}
