package fluxion.backend.cpu;

import fluxion.api.DType;
import fluxion.api.DeviceException;
import fluxion.engine.spi.Buffer;
import fluxion.engine.spi.Operand;

/** Memory of the CPU: one primitive array on the heap. */
final class CpuBuffer implements Buffer {
  private final Elements data;

  CpuBuffer(Elements data) {
    this.data = data;
  }

  /** {@return the elements, typed} */
  Elements data() {
    return data;
  }

  @Override
  public DType dtype() {
    return data.dtype();
  }

  @Override
  public long elements() {
    return data.length();
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
    return of(operand.buffer()).data;
  }
}
