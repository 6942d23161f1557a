package fluxion.engine.print;

import fluxion.api.DType;
import fluxion.api.Shape;

/**
 * The elements of a tensor, for {@link TensorPrinter}.
 *
 * <p>The printer asks only for the elements that it shows, so an implementation need not copy a
 * large tensor. An element's index is its place in row-major order, whatever the strides.
 */
public interface Values {
  /** {@return the type of the elements, which decides which of the two methods below is called} */
  DType dtype();

  /** {@return the sizes} */
  Shape shape();

  /**
   * {@return an element of a floating-point tensor, widened exactly}
   *
   * @param index its place in row-major order
   */
  double floating(long index);

  /**
   * {@return an element of an integer tensor, or 0 or 1 of a boolean one}
   *
   * @param index its place in row-major order
   */
  long integer(long index);
}
