package fluxion.nn.checkpoint.file;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Turns elements of the other byte order round. */
public final class ByteOrders {
  private ByteOrders() {}

  /**
   * {@return elements with the bytes of each reversed, copied}
   *
   * @param bytes the elements
   * @param size the size of each
   */
  public static MemorySegment reversed(MemorySegment bytes, int size) {
    if (size == 1) {
      return bytes;
    }
    MemorySegment copy = Arena.ofAuto().allocate(bytes.byteSize());
    for (long at = 0; at + size <= bytes.byteSize(); at += size) {
      for (int i = 0; i < size; i++) {
        copy.set(
            ValueLayout.JAVA_BYTE, at + i, bytes.get(ValueLayout.JAVA_BYTE, at + size - 1 - i));
      }
    }
    return copy;
  }
}
