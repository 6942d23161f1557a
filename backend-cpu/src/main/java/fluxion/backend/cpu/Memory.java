package fluxion.backend.cpu;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.DeviceException;
import fluxion.api.IndexException;
import fluxion.api.MemoryStatistics;
import fluxion.engine.spi.Buffer;
import java.lang.reflect.Array;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Makes buffers on the Java heap, moves arrays in and out and counts.
 *
 * <p>What is freed waits in a pool for the next buffer, up to a quarter of the largest heap or what
 * {@code -Dfluxion.cpu.pool=BYTES} says; 0 switches the pool off. With {@code
 * -Dfluxion.memory.poison=true} what is freed, and what is handed out with unspecified content, is
 * filled with NaN (integers: with a pattern), so that a use of it shows.
 */
final class Memory {
  /** The longest array that common virtual machines make. */
  static final int MOST_ELEMENTS = Integer.MAX_VALUE - 8;

  private static final String POOL = "fluxion.cpu.pool";
  private static final String POISON = "fluxion.memory.poison";
  private static final long PATTERN = 0x5a5a_5a5a_5a5a_5a5aL;

  private final LongAdder allocations = new LongAdder();
  private final LongAdder bytes = new LongAdder();

  /**
   * Buffers too small for the pool, and their bytes. To count them exactly would cost more than to
   * make them, so what several threads count at the same instant may be counted once.
   */
  private long smallAllocations;

  private long smallBytes;
  private final LongAdder reused = new LongAdder();
  private final LongAdder reusedBytes = new LongAdder();
  private final ArrayPool pool;
  private final boolean poison;
  private volatile boolean closed;

  /** Makes a memory as the system properties say. */
  Memory() {
    this(poolBytes(System.getProperty(POOL)), Boolean.getBoolean(POISON));
  }

  /**
   * Makes a memory.
   *
   * @param poolBytes the most bytes that wait for reuse
   * @param poison whether memory without defined content is filled with NaN
   */
  Memory(long poolBytes, boolean poison) {
    this.pool = new ArrayPool(poolBytes);
    this.poison = poison;
  }

  /** The limit that a property gives, or a quarter of the largest heap. */
  static long poolBytes(@Nullable String property) {
    if (property == null) {
      return Runtime.getRuntime().maxMemory() / 4;
    }
    try {
      long limit = Long.parseLong(property.strip());
      if (limit >= 0) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // the message below says what is wrong
    }
    throw new ArgumentException(
        "-D"
            + POOL
            + "="
            + property
            + ": expected a number of bytes, 0 or more, such as 268435456 for 256 MiB");
  }

  /**
   * {@return a new buffer of zeros}
   *
   * @param dtype the type of the elements
   * @param elements how many
   * @throws DeviceException if an array or the heap cannot hold them
   */
  CpuBuffer allocate(DType dtype, long elements) {
    requireOpen();
    CpuBuffer known = reuse(dtype, elements);
    if (known == null) {
      return fresh(dtype, elements);
    }
    Elements data = known.data();
    switch (data.array()) {
      case byte[] array -> Arrays.fill(array, 0, (int) elements, (byte) 0);
      case short[] array -> Arrays.fill(array, 0, (int) elements, (short) 0);
      case int[] array -> Arrays.fill(array, 0, (int) elements, 0);
      case long[] array -> Arrays.fill(array, 0, (int) elements, 0L);
      case float[] array -> Arrays.fill(array, 0, (int) elements, 0f);
      case double[] array -> Arrays.fill(array, 0, (int) elements, 0.0);
      default -> throw new AssertionError(data.array().getClass());
    }
    return known;
  }

  /**
   * {@return a new buffer with any content}
   *
   * @param dtype the type of the elements
   * @param elements how many
   * @throws DeviceException if an array or the heap cannot hold them
   */
  CpuBuffer allocateUnspecified(DType dtype, long elements) {
    requireOpen();
    CpuBuffer known = reuse(dtype, elements);
    if (known != null) {
      return known;
    }
    CpuBuffer buffer = fresh(dtype, elements);
    if (poison) {
      poison(buffer.data());
    }
    return buffer;
  }

  private Elements made(DType dtype, long elements) {
    try {
      return elements(dtype, elements);
    } catch (DeviceException e) {
      if (!(e.getCause() instanceof OutOfMemoryError) || pool.bytes() == 0) {
        throw e;
      }
      pool.clear(); // what waits may be what is lacking
      return elements(dtype, elements);
    }
  }

  private CpuBuffer fresh(DType dtype, long elements) {
    CpuBuffer buffer = new CpuBuffer(made(dtype, elements));
    long size = elements * dtype.bytes();
    if (size < ArrayPool.LEAST_BYTES) {
      smallAllocations++;
      smallBytes += size;
    } else {
      allocations.increment();
      bytes.add(size);
    }
    return buffer;
  }

  private @Nullable CpuBuffer reuse(DType dtype, long elements) {
    if (elements < 0 || elements > MOST_ELEMENTS) {
      return null;
    }
    Object array = pool.take(dtype, (int) elements);
    if (array == null) {
      return null;
    }
    allocations.increment();
    bytes.add(elements * dtype.bytes());
    reused.increment();
    reusedBytes.add(elements * dtype.bytes());
    return new CpuBuffer(Elements.of(dtype, array), (int) elements);
  }

  /** Takes a buffer's memory back; see {@link fluxion.engine.spi.Backend#free}. */
  void free(Buffer buffer) {
    Elements data = CpuBuffer.of(buffer).take();
    if (data == null) {
      return;
    }
    if (poison) {
      poison(data);
    }
    pool.give(data.dtype(), data.array());
  }

  /**
   * {@return an array with any content that is at least so long, for a while and uncounted; {@link
   * #giveBack} takes it}
   *
   * @param dtype the dtype that it is to store
   * @param elements how many
   */
  Object borrow(DType dtype, int elements) {
    Object array = pool.take(dtype, elements);
    return array != null ? array : made(dtype, elements).array();
  }

  /** Takes back what was borrowed. */
  void giveBack(DType dtype, Object array) {
    pool.give(dtype, array);
  }

  private static void poison(Elements data) {
    switch (data.array()) {
      case byte[] array -> Arrays.fill(array, (byte) PATTERN);
      case short[] array ->
          // all bits set is NaN in both 16-bit formats
          Arrays.fill(array, data.dtype().isFloatingPoint() ? (short) -1 : (short) PATTERN);
      case int[] array -> Arrays.fill(array, (int) PATTERN);
      case long[] array -> Arrays.fill(array, PATTERN);
      case float[] array -> Arrays.fill(array, Float.NaN);
      case double[] array -> Arrays.fill(array, Double.NaN);
      default -> throw new AssertionError(data.array().getClass());
    }
  }

  /**
   * Throws if the device was closed.
   *
   * @throws DeviceException if it was
   */
  void requireOpen() {
    if (closed) {
      throw new DeviceException("the device 'cpu' is used after it was closed; open it anew");
    }
  }

  /** Refuses all further allocations, and drops what waits for reuse. */
  void close() {
    closed = true;
    trim();
  }

  /** Drops what waits for reuse. */
  void trim() {
    pool.clear();
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
    CpuBuffer own = CpuBuffer.of(buffer);
    Elements data = own.data();
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
    checkRange(verb, "buffer", bufferOffset, count, own.elements());
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
    return new MemoryStatistics(
        allocations.sum() + smallAllocations,
        bytes.sum() + smallBytes,
        reused.sum(),
        reusedBytes.sum(),
        -1,
        pool.bytes());
  }
}
