package fluxion.backend.gpu;

import fluxion.api.DType;
import fluxion.api.DeviceException;
import fluxion.api.MemoryException;
import fluxion.engine.spi.Buffer;
import java.lang.ref.Cleaner;
import org.jspecify.annotations.Nullable;

/**
 * Memory of a device. It goes back to the pool when it is freed, or when nothing refers to it any
 * more.
 */
final class GpuBuffer implements Buffer {
  private final DeviceMemory owner;
  private final DType dtype;
  private final long elements;
  private final long handle;
  private Cleaner.@Nullable Cleanable life;

  GpuBuffer(DeviceMemory owner, DType dtype, long elements, long handle) {
    this.owner = owner;
    this.dtype = dtype;
    this.elements = elements;
    this.handle = handle;
  }

  /** Says what gives the memory back; once, before the buffer is handed out. */
  void life(Cleaner.Cleanable cleanable) {
    synchronized (this) {
      life = cleanable;
    }
  }

  @Override
  public DType dtype() {
    return dtype;
  }

  @Override
  public long elements() {
    return elements;
  }

  /**
   * {@return OpenCL's handle; the buffer must be kept reachable until the use of it is queued}
   *
   * @throws MemoryException if the buffer was freed
   */
  synchronized long handle() {
    if (life == null) {
      throw new MemoryException(
          "a buffer of "
              + elements
              + " "
              + dtype.shortName()
              + " elements is used after it was freed");
    }
    return handle;
  }

  /** Gives the memory back; a second time does nothing. */
  void free() {
    Cleaner.Cleanable cleanable;
    synchronized (this) {
      cleanable = life;
      life = null;
    }
    if (cleanable != null) {
      cleanable.clean();
    }
  }

  /**
   * {@return a buffer as one of a device's own}
   *
   * @param buffer the buffer
   * @param owner the device's memory
   * @throws DeviceException if another device made it
   */
  static GpuBuffer of(Buffer buffer, DeviceMemory owner) {
    if (buffer instanceof GpuBuffer own) {
      if (own.owner == owner) {
        return own;
      }
      throw new DeviceException(
          "expected a buffer of the device '"
              + owner.device()
              + "', but found one of '"
              + own.owner.device()
              + "', another one or opened another time; copy it first");
    }
    throw new DeviceException(
        "expected a buffer of the device '"
            + owner.device()
            + "', but found a "
            + buffer.getClass().getName()
            + "; copy it to '"
            + owner.device()
            + "' first");
  }
}
