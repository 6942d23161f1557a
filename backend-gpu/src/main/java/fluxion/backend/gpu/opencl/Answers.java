package fluxion.backend.gpu.opencl;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/** What OpenCL answers to its many {@code clGet…Answers}: a size, then that many bytes. */
final class Answers {
  /** One of OpenCL's functions of a handle and a name. */
  @FunctionalInterface
  interface Query {
    /** Calls it; either segment may be null for OpenCL. */
    int call(int name, long size, MemorySegment value, MemorySegment sizeOut) throws Throwable;
  }

  private Answers() {}

  /** The bytes of an answer. */
  static byte[] bytes(String function, Query query, int name) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment size = arena.allocate(ValueLayout.JAVA_LONG);
      Library.call(function, () -> query.call(name, 0, MemorySegment.NULL, size));
      long length = size.get(ValueLayout.JAVA_LONG, 0);
      if (length == 0) {
        return new byte[0];
      }
      MemorySegment value = arena.allocate(length, 8);
      Library.call(function, () -> query.call(name, length, value, MemorySegment.NULL));
      return value.toArray(ValueLayout.JAVA_BYTE);
    }
  }

  /** A text, without the zero at its end. */
  static String text(String function, Query query, int name) {
    return new String(bytes(function, query, name), StandardCharsets.UTF_8)
        .replace("\0", "")
        .strip();
  }

  /** An unsigned number of 4 or 8 bytes. */
  static long number(String function, Query query, int name) {
    MemorySegment value = MemorySegment.ofArray(bytes(function, query, name));
    return value.byteSize() == 4
        ? Integer.toUnsignedLong(value.get(ValueLayout.JAVA_INT_UNALIGNED, 0))
        : value.get(ValueLayout.JAVA_LONG_UNALIGNED, 0);
  }
}
