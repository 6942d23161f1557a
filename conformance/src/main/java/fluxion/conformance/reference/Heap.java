package fluxion.conformance.reference;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.DeviceException;
import fluxion.api.IndexException;
import fluxion.api.MemoryStatistics;
import fluxion.engine.spi.Buffer;
import fluxion.engine.spi.Operand;
import java.lang.reflect.Array;
import java.util.concurrent.atomic.LongAdder;

/** The memory of one device: arrays on the Java heap, which the garbage collector frees, too. */
final class Heap {
  /** The longest array that common virtual machines make. */
  private static final int MOST_ELEMENTS = Integer.MAX_VALUE - 8;

  private final LongAdder allocations = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private volatile boolean closed;

  /** {@return new memory; see {@link fluxion.engine.spi.Backend#allocate}} */
  ReferenceBuffer allocate(DType dtype, long elements) {
    requireOpen();
    if (elements < 0) {
      throw new ArgumentException("cannot allocate a buffer of " + elements + " elements");
    }
    String asked =
        "cannot allocate %d elements of %s on 'reference'".formatted(elements, dtype.shortName());
    if (elements > MOST_ELEMENTS) {
      throw new DeviceException(
          asked + ": a buffer holds at most " + MOST_ELEMENTS + "; split the tensor");
    }
    ReferenceBuffer buffer;
    try {
      buffer = new ReferenceBuffer(this, dtype, (int) elements);
    } catch (OutOfMemoryError e) {
      throw new DeviceException(
          asked
              + ": the Java heap is limited to "
              + Runtime.getRuntime().maxMemory()
              + " bytes; raise it with -Xmx",
          e);
    }
    allocations.increment();
    bytes.add(elements * dtype.bytes());
    return buffer;
  }

  /** Takes memory back; see {@link fluxion.engine.spi.Backend#free}. */
  void free(Buffer buffer) {
    ReferenceBuffer.of(buffer, this).free();
  }

  /** Copies from a Java array; see {@link fluxion.engine.spi.Backend#upload}. */
  void upload(Object array, int arrayOffset, Buffer target, long targetOffset, int count) {
    Object own = check("upload", array, arrayOffset, target, targetOffset, count);
    System.arraycopy(array, arrayOffset, own, (int) targetOffset, count);
  }

  /** Copies to a Java array; see {@link fluxion.engine.spi.Backend#download}. */
  void download(Buffer source, long sourceOffset, Object array, int arrayOffset, int count) {
    Object own = check("download", array, arrayOffset, source, sourceOffset, count);
    System.arraycopy(own, (int) sourceOffset, array, arrayOffset, count);
  }

  private Object check(
      String verb, Object array, int arrayOffset, Buffer buffer, long bufferOffset, int count) {
    requireOpen();
    ReferenceBuffer own = ReferenceBuffer.of(buffer, this);
    Object there = own.array();
    if (array.getClass() != there.getClass()) {
      throw new DTypeException(
          "cannot %s %s with a %s; use a %s"
              .formatted(
                  verb,
                  own.dtype().shortName(),
                  array.getClass().getSimpleName(),
                  there.getClass().getSimpleName()));
    }
    checkRange(verb, "array", arrayOffset, count, Array.getLength(array));
    checkRange(verb, "buffer", bufferOffset, count, own.elements());
    return there;
  }

  private static void checkRange(String verb, String what, long offset, int count, long length) {
    if (offset < 0 || count < 0 || offset > length - count) {
      throw new IndexException(
          "cannot %s %d elements from element %d of the %s on: it has %d"
              .formatted(verb, count, offset, what, length));
    }
  }

  /**
   * {@return the elements that an operand shows}
   *
   * @param operand a window onto a buffer of this memory
   */
  Window window(Operand operand) {
    requireOpen();
    ReferenceBuffer buffer = ReferenceBuffer.of(operand.buffer(), this);
    if (operand.numel() > 0
        && (operand.layout().start() < 0 || operand.layout().bound() > buffer.elements())) {
      throw new IndexException(
          "an operand of %s leaves its buffer of %d elements"
              .formatted(operand.layout(), buffer.elements()));
    }
    return new Window(
        buffer.array(),
        buffer.dtype(),
        operand.shape().toArray(),
        operand.strides(),
        operand.offset());
  }

  /** {@return the elements that several operands show} */
  Window[] windows(Operand[] operands) {
    Window[] windows = new Window[operands.length];
    for (int i = 0; i < windows.length; i++) {
      windows[i] = window(operands[i]);
    }
    return windows;
  }

  /** Throws if the device was closed. */
  void requireOpen() {
    if (closed) {
      throw new DeviceException("the device 'reference' is used after it was closed; open it anew");
    }
  }

  /** Refuses all further work. */
  void close() {
    closed = true;
  }

  /** {@return what has been handed out; what is alive is the garbage collector's to know} */
  MemoryStatistics statistics() {
    return new MemoryStatistics(allocations.sum(), bytes.sum(), 0, 0, -1, 0);
  }
}
