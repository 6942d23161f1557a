package fluxion.engine.tape;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.engine.spi.Backend;
import fluxion.engine.spi.Buffer;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Elements as little-endian bytes outside a device. They pass through an array that stays in the
 * cache, the only form in which a backend takes and gives elements.
 */
public final class ElementBytes {
  private static final int CHUNK_BYTES = 1 << 18;

  private ElementBytes() {}

  private static ValueLayout layout(DType dtype) {
    ValueLayout layout =
        switch (dtype) {
          case FLOAT32 -> ValueLayout.JAVA_FLOAT_UNALIGNED;
          case FLOAT64 -> ValueLayout.JAVA_DOUBLE_UNALIGNED;
          case INT64 -> ValueLayout.JAVA_LONG_UNALIGNED;
          case INT32 -> ValueLayout.JAVA_INT_UNALIGNED;
          case INT16, FLOAT16, BFLOAT16 -> ValueLayout.JAVA_SHORT_UNALIGNED;
          case INT8, UINT8, BOOL -> ValueLayout.JAVA_BYTE;
        };
    return layout.withOrder(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Refuses truth values that are neither 0 nor 1.
   *
   * @param bytes the elements
   * @param dtype their type
   */
  public static void check(MemorySegment bytes, DType dtype) {
    if (dtype != DType.BOOL) {
      return;
    }
    for (long i = 0; i < bytes.byteSize(); i++) {
      byte value = bytes.get(ValueLayout.JAVA_BYTE, i);
      if ((value & ~1) != 0) {
        throw new ArgumentException(
            "a truth value is 0 or 1, but element " + i + " is " + (value & 0xff));
      }
    }
  }

  /**
   * Fills a storage from its start.
   *
   * @param bytes the elements, at most as many as it has
   * @param target the storage
   */
  public static void upload(MemorySegment bytes, Storage target) {
    DType dtype = target.dtype();
    long count = bytes.byteSize() / dtype.bytes();
    if (count == 0) {
      return;
    }
    ValueLayout layout = layout(dtype);
    Backend backend = target.device().backend();
    Buffer buffer = target.buffer();
    int chunk = (int) Math.min(count, CHUNK_BYTES / dtype.bytes());
    Object array = HostValues.newArray(dtype, chunk);
    for (long at = 0; at < count; at += chunk) {
      int now = (int) Math.min(chunk, count - at);
      MemorySegment.copy(bytes, layout, at * dtype.bytes(), array, 0, now);
      backend.upload(array, 0, buffer, at, now);
    }
  }

  /** Copies elements of a storage to where they are to go. */
  static void download(Storage source, long from, MemorySegment target) {
    DType dtype = source.dtype();
    long count = target.byteSize() / dtype.bytes();
    if (from < 0 || from > source.elements() - count || target.byteSize() % dtype.bytes() != 0) {
      throw new ArgumentException(
          "%d bytes from element %d on are no elements of a storage of %d %s"
              .formatted(target.byteSize(), from, source.elements(), dtype));
    }
    Buffer buffer = source.buffer();
    if (count == 0) {
      return;
    }
    ValueLayout layout = layout(dtype);
    Backend backend = source.device().backend();
    int chunk = (int) Math.min(count, CHUNK_BYTES / dtype.bytes());
    Object array = HostValues.newArray(dtype, chunk);
    for (long at = 0; at < count; at += chunk) {
      int now = (int) Math.min(chunk, count - at);
      backend.download(buffer, from + at, array, 0, now);
      MemorySegment.copy(array, 0, target, layout, at * dtype.bytes(), now);
    }
  }
}
