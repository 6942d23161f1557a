package fluxion.backend.cpu;

import fluxion.api.DType;
import fluxion.api.DeviceException;
import fluxion.api.MemoryException;
import fluxion.engine.spi.Buffer;
import fluxion.engine.spi.Operand;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Memory of the CPU: one primitive array on the heap, which may be longer than the buffer where it
 * was used before.
 */
final class CpuBuffer implements Buffer {
  private final DType dtype;
  private final int elements;

  /**
   * The array, or null once it was given back. A plain field: a buffer is freed when nobody uses it
   * any more, so the check of {@link #data()} is a help against errors and no more.
   */
  private @Nullable Elements data;

  CpuBuffer(Elements data) {
    this(data, data.length());
  }

  /**
   * Makes a buffer.
   *
   * @param data the array, of at least as many elements
   * @param elements how many elements the buffer has
   */
  CpuBuffer(Elements data, int elements) {
    this.dtype = data.dtype();
    this.elements = elements;
    this.data = data;
  }

  /**
   * {@return the elements, typed}
   *
   * @throws MemoryException if the buffer was freed
   */
  Elements data() {
    Elements there = data;
    if (there == null) {
      throw new MemoryException(
          "a buffer of "
              + elements
              + " "
              + dtype.shortName()
              + " elements is used after it was freed");
    }
    return there;
  }

  /** {@return the elements, which are the caller's from now on, or null if they are gone} */
  synchronized @Nullable Elements take() {
    Elements taken = data;
    data = null;
    return taken;
  }

  @Override
  public DType dtype() {
    return dtype;
  }

  @Override
  public long elements() {
    return elements;
  }

  @Override
  public Optional<Object> hostArray() {
    return Optional.of(data().array());
  }

  /**
   * {@return a buffer as this backend's own}
   *
   * @param buffer a buffer
   * @throws DeviceException if another backend made it
   */
  static CpuBuffer of(Buffer buffer) {
    if (buffer instanceof CpuBuffer own) {
      return own;
    }
    throw new DeviceException(
        "expected a buffer of the device 'cpu', but found a "
            + buffer.getClass().getName()
            + "; copy it to 'cpu' first");
  }

  /**
   * {@return the elements that an operand is a window onto}
   *
   * @param operand an operand of this backend
   */
  static Elements elements(Operand operand) {
    return of(operand.buffer()).data();
  }

  /**
   * {@return the array that an operand of float32 is a window onto}
   *
   * @param operand an operand of this backend
   */
  static float[] floats(Operand operand) {
    return (float[]) elements(operand).array();
  }
}
