package fluxion.nn.checkpoint.file;

import fluxion.api.FormatException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads numbers and texts from memory, one after the other, and never beyond its end. */
public final class Cursor {
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final MemorySegment bytes;
  private final String source;
  private long at;

  /**
   * Makes one at the start of some memory.
   *
   * @param bytes the memory
   * @param source what it is called in messages
   */
  public Cursor(MemorySegment bytes, String source) {
    this.bytes = bytes;
    this.source = source;
  }

  /** {@return what the memory is called in messages} */
  public String source() {
    return source;
  }

  /** {@return where the next byte is} */
  public long position() {
    return at;
  }

  /** {@return how many bytes are left} */
  public long remaining() {
    return bytes.byteSize() - at;
  }

  /**
   * Goes somewhere.
   *
   * @param position where the next byte is to be
   */
  public void seek(long position) {
    if (position < 0 || position > bytes.byteSize()) {
      throw error("there is no byte %d in what has %d bytes".formatted(position, bytes.byteSize()));
    }
    at = position;
  }

  /**
   * {@return the position of some bytes that are passed over}
   *
   * @param count how many
   */
  private long take(long count) {
    if (count < 0 || count > remaining()) {
      throw error(
          "%s bytes are to follow, but only %d do"
              .formatted(Long.toUnsignedString(count), remaining()));
    }
    long start = at;
    at += count;
    return start;
  }

  /** {@return the next byte, from 0 to 255} */
  public int u8() {
    return bytes.get(ValueLayout.JAVA_BYTE, take(1)) & 0xff;
  }

  /** {@return the next two bytes, from 0 on} */
  public int u16() {
    return bytes.get(SHORT, take(2)) & 0xffff;
  }

  /** {@return the next four bytes} */
  public int i32() {
    return bytes.get(INT, take(4));
  }

  /** {@return the next four bytes, from 0 on} */
  public long u32() {
    return Integer.toUnsignedLong(i32());
  }

  /** {@return the next eight bytes} */
  public long i64() {
    return bytes.get(LONG, take(8));
  }

  /**
   * {@return the next bytes, not copied}
   *
   * @param count how many
   */
  public MemorySegment slice(long count) {
    return bytes.asSlice(take(count), count);
  }

  /**
   * {@return the next bytes}
   *
   * @param count how many
   * @param most how many there may be, at the most
   */
  public byte[] array(long count, int most) {
    if (count < 0 || count > most) {
      throw error(
          "%s bytes in one piece; at most %d are taken"
              .formatted(Long.toUnsignedString(count), most));
    }
    return slice(count).toArray(ValueLayout.JAVA_BYTE);
  }

  /**
   * {@return the next bytes as text}
   *
   * @param count how many
   * @param most how many there may be, at the most
   */
  public String text(long count, int most) {
    long start = at;
    byte[] array = array(count, most);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(array)).toString();
    } catch (CharacterCodingException e) {
      throw Refusal.of(source, "the text at byte " + start + " is no UTF-8", e);
    }
  }

  /**
   * {@return the text up to the next line feed, which is passed over}
   *
   * @param most how long it may be
   */
  public String line(int most) {
    long limit = Math.min(remaining(), most + 1L);
    for (int i = 0; i < limit; i++) {
      if (bytes.get(ValueLayout.JAVA_BYTE, at + i) == '\n') {
        String line = text(i, most);
        at++;
        return line;
      }
    }
    throw error("a line does not end within " + limit + " bytes");
  }

  /**
   * {@return an error about the bytes around here}
   *
   * @param what what is wrong
   */
  public FormatException error(String what) {
    return Refusal.of(source, "at byte " + at + ": " + what);
  }
}
