package fluxion.engine.spi;

import fluxion.api.DType;

/**
 * A piece of a device's memory, made by a {@link Backend} and understood by it alone.
 *
 * <p>It holds a fixed number of elements of one dtype; strides and offsets into it are an {@link
 * Operand}'s.
 */
public interface Buffer {
  /** {@return the type of the elements} */
  DType dtype();

  /** {@return the number of elements} */
  long elements();
}
