package fluxion.nn.checkpoint;

import java.nio.charset.StandardCharsets;

/** Puts pickles together, opcode by opcode; a character is a byte. */
final class PickleText {
  static final String START = "\u0080\u0002";
  static final String FALSE = "\u0089";
  static final String TRUE = "\u0088";
  static final String NO_HOOKS = global("collections", "OrderedDict") + ")R";

  private PickleText() {}

  static byte[] bytes(String pickle) {
    return pickle.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String raw(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  static String little(long value, int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (value >> (8 * i));
    }
    return raw(bytes);
  }

  static String integer(long value) {
    return "\u008a\u0008" + little(value, 8);
  }

  static String text(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    return "X" + little(bytes.length, 4) + raw(bytes);
  }

  static String global(String module, String name) {
    return "c" + module + "\n" + name + "\n";
  }

  static String integers(long... values) {
    StringBuilder out = new StringBuilder("(");
    for (long value : values) {
      out.append(integer(value));
    }
    return out.append('t').toString();
  }

  static String storage(String type, String key, long elements) {
    return "("
        + text("storage")
        + global("torch", type)
        + text(key)
        + text("cpu")
        + integer(elements)
        + "tQ";
  }

  /** A tensor as {@code _rebuild_tensor_v2} makes it. */
  static String tensor(String storage, long offset, String sizes, String strides) {
    return tensor(storage, offset, sizes, strides, FALSE, NO_HOOKS);
  }

  static String tensor(
      String storage, long offset, String sizes, String strides, String gradient, String hooks) {
    return global("torch._utils", "_rebuild_tensor_v2")
        + "("
        + storage
        + integer(offset)
        + sizes
        + strides
        + gradient
        + hooks
        + "tR";
  }

  /** A dict with one entry {@code w}. */
  static String dict(String value) {
    return START + "}" + text("w") + value + "s.";
  }

  /** Four numbers of float32, storage 0. */
  static String four() {
    return storage("FloatStorage", "0", 4);
  }
}
