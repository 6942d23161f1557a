package fluxion.nn.training.events;

/** Numbers as bytes, the lowest first. */
final class LittleEndian {
  private LittleEndian() {}

  /** The lowest bytes of a number. */
  static byte[] bytes(long bits, int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) (bits >>> (Byte.SIZE * i));
    }
    return bytes;
  }
}
