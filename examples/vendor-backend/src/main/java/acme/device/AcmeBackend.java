package acme.device;

import fluxion.api.*;
import fluxion.engine.spi.*;
import java.util.concurrent.atomic.AtomicLong;

/** The device: memory and kernels. Each primitive is done when it returns. */
final class AcmeBackend implements Folds, Indexing {
  private final AtomicLong allocations = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private volatile boolean closed;

  @Override
  public DeviceProperties properties() {
    long memory = Runtime.getRuntime().maxMemory();
    return new DeviceProperties(
        AcmeBackendProvider.DEVICE, "simulated", AcmeBuffer.TYPES, AcmeBuffer.TYPES, memory, false);
  }

  @Override
  public Buffer allocate(DType dtype, long elements) {
    requireOpen();
    AcmeBuffer buffer = AcmeBuffer.allocate(dtype, elements);
    allocations.incrementAndGet();
    bytes.addAndGet(elements * dtype.bytes());
    return buffer;
  }

  @Override
  public void free(Buffer buffer) {
    ((AcmeBuffer) buffer).memory().set(null); // twice does no harm
  }

  @Override
  public void upload(Object array, int arrayOffset, Buffer target, long targetOffset, int count) {
    AcmeBuffer.transfer(target, array, arrayOffset, AcmeBuffer.array(target), targetOffset, count);
  }

  @Override
  public void download(Buffer source, long sourceOffset, Object array, int arrayOffset, int count) {
    AcmeBuffer.transfer(source, AcmeBuffer.array(source), sourceOffset, array, arrayOffset, count);
  }

  @Override
  public void fill(Operand target, Scalar value) {
    Window to = new Window(target);
    for (int i = 0; i < to.size(); i++) {
      to.set(i, value);
    }
  }

  @Override
  public void copy(Operand source, Operand target) {
    new Window(target).set(0, new Window(source), 0, (int) source.numel());
  }

  @Override
  public AcmeKernel compile(Kernel kernel) {
    requireOpen();
    return new AcmeKernel(kernel, ExprProgram.compile(kernel));
  }

  @Override
  public void launch(CompiledKernel code, Operand[] outputs, Operand[] inputs, Scalar[] scalars) {
    if (!(code instanceof AcmeKernel own)) {
      throw new DeviceException("expected a kernel of 'acme', found a " + code.getClass());
    }
    own.run(outputs, inputs, scalars);
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
    return new MemoryStatistics(allocations.get(), bytes.get(), 0, 0, -1, 0); // −1: not known
  }

  @Override
  public void trim() {}

  @Override
  public void close() {
    closed = true;
  }

  private void requireOpen() {
    if (closed) {
      throw new DeviceException("the device 'acme' is closed");
    }
  }
}
