package fluxion.nn.training.events;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes a message of protocol buffers, field by field, as <a
 * href="https://protobuf.dev/programming-guides/encoding/">the encoding</a> has them.
 */
public final class Message {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH = 2;
  private static final int FIXED32 = 5;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** Makes an empty message. */
  public Message() {}

  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  private void tag(int field, int type) {
    varint(((long) field << 3) | type);
  }

  /**
   * Writes an integer or an enum; 0, the default, is left out.
   *
   * @param field the field's number
   * @param value its value
   * @return this message
   */
  public Message integer(int field, long value) {
    if (value != 0) {
      tag(field, VARINT);
      varint(value);
    }
    return this;
  }

  /**
   * Writes a double; 0, the default, is left out.
   *
   * @param field the field's number
   * @param value its value
   * @return this message
   */
  public Message number(int field, double value) {
    long bits = Double.doubleToRawLongBits(value);
    if (bits != 0) {
      tag(field, FIXED64);
      out.writeBytes(LittleEndian.bytes(bits, Double.BYTES));
    }
    return this;
  }

  /**
   * Writes a float, even if it is 0: one of several fields of which one is there.
   *
   * @param field the field's number
   * @param value its value
   * @return this message
   */
  public Message single(int field, float value) {
    tag(field, FIXED32);
    out.writeBytes(LittleEndian.bytes(Float.floatToRawIntBits(value), Float.BYTES));
    return this;
  }

  /**
   * Writes doubles, packed.
   *
   * @param field the field's number
   * @param values its values
   * @return this message
   */
  public Message numbers(int field, double[] values) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    for (double value : values) {
      packed.writeBytes(LittleEndian.bytes(Double.doubleToRawLongBits(value), Double.BYTES));
    }
    return bytes(field, packed.toByteArray());
  }

  /**
   * Writes a text.
   *
   * @param field the field's number
   * @param text its value
   * @return this message
   */
  public Message text(int field, String text) {
    return bytes(field, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Writes a message inside this one.
   *
   * @param field the field's number
   * @param inner its value
   * @return this message
   */
  public Message message(int field, Message inner) {
    return bytes(field, inner.toBytes());
  }

  /**
   * Adds the fields of another message to this one.
   *
   * @param other the other
   * @return this message
   */
  public Message followedBy(Message other) {
    out.writeBytes(other.toBytes());
    return this;
  }

  private Message bytes(int field, byte[] bytes) {
    tag(field, LENGTH);
    varint(bytes.length);
    out.writeBytes(bytes);
    return this;
  }

  /** {@return the message's bytes} */
  public byte[] toBytes() {
    return out.toByteArray();
  }
}
