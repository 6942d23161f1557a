package fluxion.engine.spi;

import fluxion.api.DType;
import fluxion.api.Experimental;
import java.util.Optional;

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

  /**
   * {@return the Java array that holds the elements, from its first on, where the device computes
   * on such arrays: of the kind that {@link Backend#upload} takes, possibly longer than the buffer}
   *
   * <p>It is for accelerators of third parties. It is theirs for as long as the call lasts.
   */
  @Experimental
  default Optional<Object> hostArray() {
    return Optional.empty();
  }
}
