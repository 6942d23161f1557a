package fluxion.nn.training.events;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads event files, by the descriptions of the formats and without what writes them. */
public final class Records {
  private Records() {}

  /** A message: the values of each field, integers, bytes or the bits of numbers. */
  public static final class Fields {
    private final Map<Integer, List<Object>> values = new TreeMap<>();

    private Object only(int field) {
      List<Object> all = values.get(field);
      if (all == null || all.size() != 1) {
        throw new AssertionError("field " + field + " of " + values);
      }
      return all.getFirst();
    }

    public boolean has(int field) {
      return values.containsKey(field);
    }

    public long integer(int field) {
      return has(field) ? (Long) only(field) : 0;
    }

    public double number(int field) {
      return has(field) ? Double.longBitsToDouble((Long) only(field)) : 0;
    }

    public float single(int field) {
      return Float.intBitsToFloat((Integer) only(field));
    }

    public String text(int field) {
      return new String((byte[]) only(field), StandardCharsets.UTF_8);
    }

    public Fields message(int field) {
      return parse((byte[]) only(field));
    }

    public double[] numbers(int field) {
      ByteBuffer packed = ByteBuffer.wrap((byte[]) only(field)).order(ByteOrder.LITTLE_ENDIAN);
      double[] numbers = new double[packed.remaining() / 8];
      packed.asDoubleBuffer().get(numbers);
      return numbers;
    }
  }

  /** The events of a file. */
  public static List<Fields> read(Path file) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<Fields> events = new ArrayList<>();
    while (in.hasRemaining()) {
      byte[] length = new byte[8];
      in.get(length);
      check(in.getInt(), length);
      byte[] record =
          new byte[Math.toIntExact(ByteBuffer.wrap(length).order(in.order()).getLong())];
      in.get(record);
      check(in.getInt(), record);
      events.add(parse(record));
    }
    return events;
  }

  private static void check(int found, byte[] bytes) {
    int expected = masked(checksum(bytes));
    if (found != expected) {
      throw new AssertionError("checksum " + found + " instead of " + expected);
    }
  }

  /** As TensorFlow masks it. */
  static int masked(int checksum) {
    return ((checksum >>> 15) | (checksum << 17)) + 0xa282ead8;
  }

  /** CRC32C, a bit at a time. */
  static int checksum(byte[] bytes) {
    int remainder = -1;
    for (byte next : bytes) {
      remainder ^= next & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        remainder = (remainder >>> 1) ^ ((remainder & 1) == 0 ? 0 : 0x82f63b78);
      }
    }
    return ~remainder;
  }

  static Fields parse(byte[] message) {
    ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    Fields fields = new Fields();
    while (in.hasRemaining()) {
      long tag = varint(in);
      Object value =
          switch ((int) (tag & 7)) {
            case 0 -> varint(in);
            case 1 -> in.getLong();
            case 2 -> {
              byte[] bytes = new byte[Math.toIntExact(varint(in))];
              in.get(bytes);
              yield bytes;
            }
            case 5 -> in.getInt();
            default -> throw new AssertionError("wire type of tag " + tag);
          };
      fields.values.computeIfAbsent((int) (tag >>> 3), _ -> new ArrayList<>()).add(value);
    }
    return fields;
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = in.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }
}
