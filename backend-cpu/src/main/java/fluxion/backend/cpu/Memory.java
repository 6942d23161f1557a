package fluxion.backend.cpu;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.DeviceException;
import fluxion.api.IndexException;
import fluxion.engine.spi.Buffer;
import fluxion.engine.spi.MemoryStatistics;
import java.lang.reflect.Array;
import java.math.BigInteger;
import java.util.concurrent.atomic.LongAdder;

/** Makes buffers on the Java heap, moves arrays in and out and counts. */
final class Memory {
  /** The longest array that common virtual machines make. */
  static final int MOST_ELEMENTS = Integer.MAX_VALUE - 8;

  private final LongAdder allocations = new LongAdder();
  private final LongAdder bytes = new LongAdder();

  /**
   * {@return a new buffer of zeros}
   *
   * @param dtype the type of the elements
   * @param elements how many
   * @throws DeviceException if an array or the heap cannot hold them
   */
  CpuBuffer allocate(DType dtype, long elements) {
    CpuBuffer buffer = new CpuBuffer(elements(dtype, elements));
    allocations.increment();
    bytes.add(elements * dtype.bytes());
    return buffer;
  }

  /**
   * {@return new elements, all zero, that are not counted}
   *
   * @param dtype the type of the elements
   * @param elements how many
   * @throws DeviceException if an array or the heap cannot hold them
   */
  static Elements elements(DType dtype, long elements) {
    if (elements < 0) {
      throw new ArgumentException("cannot allocate a buffer of " + elements + " elements");
    }
    if (elements > MOST_ELEMENTS) {
      throw new DeviceException(
          asked(dtype, elements)
              + ": a buffer of 'cpu' holds at most "
              + MOST_ELEMENTS
              + " elements; split the tensor");
    }
    try {
      return Elements.allocate(dtype, (int) elements);
    } catch (OutOfMemoryError e) {
      throw new DeviceException(
          asked(dtype, elements)
              + ": the Java heap is limited to "
              + Runtime.getRuntime().maxMemory()
              + " bytes; raise it with -Xmx",
          e);
    }
  }

  private static String asked(DType dtype, long elements) {
    // as a decimal of unlimited size: the number of bytes may overflow a long
    BigInteger size = BigInteger.valueOf(elements).multiply(BigInteger.valueOf(dtype.bytes()));
    return "cannot allocate "
        + size
        + " bytes for "
        + elements
        + " elements of "
        + dtype.shortName()
        + " on 'cpu'";
  }

  /** Copies from a Java array; see {@link fluxion.engine.spi.Backend#upload}. */
  void upload(Object array, int arrayOffset, Buffer target, long targetOffset, int count) {
    Elements data = check("upload", array, arrayOffset, target, targetOffset, count);
    System.arraycopy(array, arrayOffset, data.array(), (int) targetOffset, count);
  }

  /** Copies to a Java array; see {@link fluxion.engine.spi.Backend#download}. */
  void download(Buffer source, long sourceOffset, Object array, int arrayOffset, int count) {
    Elements data = check("download", array, arrayOffset, source, sourceOffset, count);
    System.arraycopy(data.array(), (int) sourceOffset, array, arrayOffset, count);
  }

  private static Elements check(
      String verb, Object array, int arrayOffset, Buffer buffer, long bufferOffset, int count) {
    Elements data = CpuBuffer.of(buffer).data();
    if (array.getClass() != data.array().getClass()) {
      throw new DTypeException(
          "cannot "
              + verb
              + " "
              + data.dtype().shortName()
              + " with a "
              + array.getClass().getSimpleName()
              + "; use a "
              + data.array().getClass().getSimpleName());
    }
    checkRange(verb, "array", arrayOffset, count, Array.getLength(array));
    checkRange(verb, "buffer", bufferOffset, count, data.length());
    return data;
  }

  private static void checkRange(String verb, String what, long offset, int count, long length) {
    if (offset < 0 || count < 0 || offset > length - count) {
      throw new IndexException(
          "cannot "
              + verb
              + " "
              + count
              + " elements from element "
              + offset
              + " of the "
              + what
              + " on: it has "
              + length);
    }
  }

  /** {@return what has been handed out; what is alive is the garbage collector's to know} */
  MemoryStatistics statistics() {
    return new MemoryStatistics(allocations.sum(), bytes.sum(), -1, 0);
  }
}
