package acme.device;

import fluxion.api.*;
import fluxion.engine.spi.*;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The device. Each primitive is done when it returns, and there is no state but two counters and a
 * flag, so any number of threads may call.
 */
final class AcmeBackend implements Folds, Products, Indexing {
  private final AtomicLong allocations = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private volatile boolean closed;

  @Override
  public DeviceProperties properties() {
    return new DeviceProperties(
        AcmeBackendProvider.DEVICE,
        "Acme's interpreter",
        AcmeBuffer.TYPES,
        AcmeBuffer.TYPES,
        Runtime.getRuntime().maxMemory(),
        false);
  }

  @Override
  public Buffer allocate(DType dtype, long elements) {
    requireOpen();
    AcmeBuffer buffer = new AcmeBuffer(dtype, elements);
    allocations.incrementAndGet();
    bytes.addAndGet(elements * dtype.bytes());
    return buffer;
  }

  @Override
  public void free(Buffer buffer) {
    ((AcmeBuffer) buffer).array = null; // twice does no harm
  }

  @Override
  public void upload(Object array, int arrayOffset, Buffer target, long targetOffset, int count) {
    AcmeBuffer.of(target).transfer(true, targetOffset, array, arrayOffset, count);
  }

  @Override
  public void download(Buffer source, long sourceOffset, Object array, int arrayOffset, int count) {
    AcmeBuffer.of(source).transfer(false, sourceOffset, array, arrayOffset, count);
  }

  @Override
  public void fill(Operand target, Scalar value) {
    Cursor to = new Cursor(target);
    for (long left = target.numel(); left > 0; left--) {
      if (value.isFloatingPoint()) {
        to.buffer.setDouble(to.next(), value.toDouble());
      } else {
        to.buffer.setLong(to.next(), value.toLong());
      }
    }
  }

  @Override
  public void copy(Operand source, Operand target) {
    Cursor.copy(source, target);
  }

  @Override
  public Event record() {
    return new Event() {
      @Override
      public void await() {}

      @Override
      public boolean isDone() {
        return true;
      }
    };
  }

  @Override
  public void synchronize() {}

  @Override
  public MemoryStatistics memory() {
    // −1: what is alive is the garbage collector's to know
    return new MemoryStatistics(allocations.get(), bytes.get(), 0, 0, -1, 0);
  }

  @Override
  public void trim() {}

  @Override
  public void close() {
    closed = true;
  }

  @Override
  public void requireOpen() {
    if (closed) {
      throw new DeviceException("the device 'acme' is closed");
    }
  }
}
