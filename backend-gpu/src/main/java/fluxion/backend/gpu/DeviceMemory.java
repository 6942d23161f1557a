package fluxion.backend.gpu;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.Device;
import fluxion.api.DeviceException;
import fluxion.api.MemoryStatistics;
import fluxion.backend.gpu.opencl.Memories;
import fluxion.backend.gpu.opencl.OpenClException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Cleaner;
import java.math.BigInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The memory of one device: makes buffers, takes them back and counts.
 *
 * <p>All may take as much as {@code -Dfluxion.gpu.memory=BYTES} says, by default nine tenths of a
 * card's memory and half of what a processor says that it has. Where the budget or the driver has
 * no more, what waits is released, the queue is emptied, the garbage collector is asked for buffers
 * that nobody uses any more, and the allocation is tried once again.
 */
final class DeviceMemory {
  private static final String PROPERTY = "fluxion.gpu.memory";
  private static final Cleaner CLEANER = Cleaner.create();
  private static final long PATIENCE_MILLIS = 200;

  private final Device device;
  private final Capabilities capabilities;
  private final Stream stream;
  private final Pool pool;
  private final LongAdder driverAllocations = new LongAdder();
  private final LongAdder allocations = new LongAdder();
  private final LongAdder allocatedBytes = new LongAdder();
  private final LongAdder reused = new LongAdder();
  private final LongAdder reusedBytes = new LongAdder();
  private final AtomicLong live = new AtomicLong();
  private volatile boolean closed;

  DeviceMemory(Device device, Capabilities capabilities, Stream stream) {
    this.device = device;
    this.capabilities = capabilities;
    this.stream = stream;
    long share =
        capabilities.processor() ? capabilities.memory() / 2 : capabilities.memory() / 10 * 9;
    this.pool =
        new Pool(budget(System.getProperty(PROPERTY), share), this::create, Memories::release);
  }

  private Piece create(long size) {
    driverAllocations.increment();
    return new Piece(Memories.create(stream.context(), size), size);
  }

  /** {@return how often the driver was asked for memory} */
  long driverAllocations() {
    return driverAllocations.sum();
  }

  /** The budget that a property gives, or another one. */
  static long budget(@Nullable String property, long otherwise) {
    if (property == null) {
      return otherwise;
    }
    try {
      long budget = Long.parseLong(property.strip());
      if (budget > 0) {
        return budget;
      }
    } catch (NumberFormatException e) {
      // the message below says what is wrong
    }
    throw new ArgumentException(
        "-D%s=%s: expected a number of bytes, such as 1073741824 for 1 GiB"
            .formatted(PROPERTY, property));
  }

  /** {@return the device's name} */
  Device device() {
    return device;
  }

  /** {@return the most bytes that all buffers may take} */
  long budget() {
    return pool.budget();
  }

  /**
   * {@return a new buffer with any content}
   *
   * @param dtype the type of the elements
   * @param elements how many
   */
  GpuBuffer allocate(DType dtype, long elements) {
    requireOpen();
    if (elements < 0) {
      throw new ArgumentException("cannot allocate a buffer of " + elements + " elements");
    }
    if (!capabilities.storageTypes().contains(dtype)) {
      throw new DTypeException(
          "the device '%s' stores no %s (%s); convert to %s"
              .formatted(device, dtype, capabilities.name(), DType.FLOAT32));
    }
    if (elements > capabilities.mostAllocation() / dtype.bytes()) {
      throw new DeviceException(
          "%s: a buffer may have at most %d bytes there; split the tensor"
              .formatted(asked(dtype, elements), capabilities.mostAllocation()));
    }
    long bytes = elements * dtype.bytes();
    long size = Math.min(Pool.sizeClass(bytes), Math.max(capabilities.mostAllocation(), 256));
    Piece piece = pool.reuse(size);
    if (piece != null) {
      reused.increment();
      reusedBytes.add(bytes);
    } else {
      piece = fresh(size, dtype, elements);
    }
    allocations.increment();
    allocatedBytes.add(bytes);
    live.addAndGet(bytes);
    GpuBuffer buffer = new GpuBuffer(this, dtype, elements, piece.handle());
    buffer.life(CLEANER.register(buffer, new Return(this, piece, bytes)));
    return buffer;
  }

  private Piece fresh(long size, DType dtype, long elements) {
    try {
      Piece piece = pool.make(size);
      if (piece != null) {
        return piece;
      }
    } catch (OpenClException e) {
      if (!e.isOutOfMemory()) {
        throw stream.failure("an allocation", e);
      }
    }
    pool.trim();
    stream.finish("an allocation");
    for (int i = 0; i < 3 && size > pool.budget() - pool.bytes() + pool.waitingBytes(); i++) {
      System.gc();
      pool.awaitReturn(PATIENCE_MILLIS);
    }
    pool.trim();
    OpenClException refused = null;
    try {
      Piece piece = pool.make(size);
      if (piece != null) {
        return piece;
      }
    } catch (OpenClException e) {
      refused = e;
    }
    String figures =
        "%s: %d bytes are in use of %d that may be (-D%s=BYTES)%s"
            .formatted(
                asked(dtype, elements),
                live.get(),
                pool.budget(),
                PROPERTY,
                refused == null ? "" : ", and the driver has no more: " + refused.getMessage());
    throw refused == null ? new DeviceException(figures) : new DeviceException(figures, refused);
  }

  private String asked(DType dtype, long elements) {
    // as a decimal of unlimited size: the number of bytes may overflow a long
    BigInteger size = BigInteger.valueOf(elements).multiply(BigInteger.valueOf(dtype.bytes()));
    return "cannot allocate %s bytes for %d elements of %s on '%s'"
        .formatted(size, elements, dtype.shortName(), device);
  }

  /**
   * {@return a new buffer of zeros}
   *
   * @param dtype the type of the elements
   * @param elements how many
   */
  GpuBuffer allocateZeros(DType dtype, long elements) {
    GpuBuffer buffer = allocate(dtype, elements);
    if (elements > 0) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment zero = arena.allocate(ValueLayout.JAVA_BYTE);
        stream.fill("allocate", buffer, zero, 0, elements * dtype.bytes());
      }
    }
    return buffer;
  }

  /** Gives memory back: it may be lent again at once, for the queue works in order. */
  private record Return(DeviceMemory memory, Piece piece, long bytes) implements Runnable {
    @Override
    public void run() {
      memory.live.addAndGet(-bytes);
      if (memory.closed) {
        memory.pool.release(piece);
      } else {
        memory.pool.give(piece);
      }
    }
  }

  /** Throws if the device was closed. */
  void requireOpen() {
    stream.requireUsable();
  }

  /** {@return what has been allocated} */
  MemoryStatistics statistics() {
    return new MemoryStatistics(
        allocations.sum(),
        allocatedBytes.sum(),
        reused.sum(),
        reusedBytes.sum(),
        live.get(),
        pool.waitingBytes());
  }

  /** Releases what waits. */
  void trim() {
    pool.trim();
  }

  /** Releases what waits, and from now on each buffer when it comes back. */
  void close() {
    closed = true;
    pool.trim();
  }
}
