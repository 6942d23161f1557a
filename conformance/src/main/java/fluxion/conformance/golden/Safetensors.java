package fluxion.conformance.golden;

import fluxion.api.DType;
import fluxion.api.FormatException;
import fluxion.api.Shape;
import fluxion.api.ShapeException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tensors in the safetensors format: eight bytes with the length of a header, the header in JSON,
 * and the elements, little-endian and row-major. A file whose parts overlap, leave gaps or do not
 * fit is refused.
 */
public final class Safetensors {
  private static final int LONGEST_HEADER = 100_000_000;
  private static final Map<String, DType> DTYPES =
      Map.of(
          "F64", DType.FLOAT64,
          "F32", DType.FLOAT32,
          "F16", DType.FLOAT16,
          "BF16", DType.BFLOAT16,
          "I64", DType.INT64,
          "I32", DType.INT32,
          "I16", DType.INT16,
          "I8", DType.INT8,
          "U8", DType.UINT8,
          "BOOL", DType.BOOL);

  /** A tensor's place in the file. */
  private record Entry(String name, String type, DType dtype, Shape shape, long begin, long end) {}

  private final String source;
  private final Map<String, Entry> entries;
  private final ByteBuffer elements;

  private Safetensors(String source, Map<String, Entry> entries, ByteBuffer elements) {
    this.source = source;
    this.entries = entries;
    this.elements = elements;
  }

  /**
   * {@return the tensors of a file}
   *
   * @param bytes the whole file
   * @param source its name, for messages
   * @throws FormatException if it is malformed
   */
  public static Safetensors parse(byte[] bytes, String source) {
    if (bytes.length < 8) {
      throw new FormatException(source + ": " + bytes.length + " bytes are no safetensors file");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long length = buffer.getLong();
    if (length < 2 || length > LONGEST_HEADER || length > buffer.remaining()) {
      throw new FormatException(
          "%s: the header is to have %d bytes, but %d follow"
              .formatted(source, length, buffer.remaining()));
    }
    String header = new String(bytes, 8, (int) length, StandardCharsets.UTF_8);
    Map<String, @Nullable Object> fields;
    try {
      fields = Json.object(Json.parse(header));
    } catch (FormatException e) {
      throw new FormatException(source + ": the header is malformed: " + e.getMessage(), e);
    }
    ByteBuffer elements =
        buffer
            .slice(8 + (int) length, bytes.length - 8 - (int) length)
            .order(ByteOrder.LITTLE_ENDIAN);
    Map<String, Entry> entries = new LinkedHashMap<>();
    fields.forEach(
        (name, field) -> {
          if (name.equals("__metadata__")) {
            Json.object(field).values().forEach(Json::string);
          } else {
            entries.put(name, entry(source, name, Json.object(field)));
          }
        });
    requireTiling(source, entries.values(), elements.limit());
    return new Safetensors(source, entries, elements);
  }

  private static Entry entry(String source, String name, Map<String, @Nullable Object> field) {
    String type = Json.string(field.get("dtype"));
    DType dtype = DTYPES.get(type);
    long[] offsets = Json.longs(field.get("data_offsets"));
    if (dtype == null || offsets.length != 2 || field.size() != 3) {
      throw new FormatException(
          source + ": tensor " + name + " needs a known dtype, a shape and two offsets: " + field);
    }
    Shape shape;
    try {
      shape = Shape.of(Json.longs(field.get("shape")));
    } catch (ShapeException e) {
      throw new FormatException(source + ": tensor " + name + ": " + e.getMessage(), e);
    }
    long size = offsets[1] - offsets[0];
    if (offsets[0] < 0
        || size < 0
        || size % dtype.bytes() != 0
        || size / dtype.bytes() != shape.numel()) {
      throw new FormatException(
          "%s: tensor %s of shape %s and dtype %s cannot lie at %s"
              .formatted(source, name, shape, type, Arrays.toString(offsets)));
    }
    return new Entry(name, type, dtype, shape, offsets[0], offsets[1]);
  }

  private static void requireTiling(String source, Collection<Entry> entries, long size) {
    List<Entry> ordered = new ArrayList<>(entries);
    ordered.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    long at = 0;
    for (Entry entry : ordered) {
      if (entry.begin() != at) {
        throw new FormatException(
            "%s: tensor %s begins at %d, the one before it ends at %d"
                .formatted(source, entry.name(), entry.begin(), at));
      }
      at = entry.end();
    }
    if (at != size) {
      throw new FormatException(
          "%s: the tensors end at %d, the file at %d".formatted(source, at, size));
    }
  }

  /**
   * {@return a tensor's elements, dtype and shape}
   *
   * @param name its name
   * @throws FormatException if there is no such tensor
   */
  public Numbers get(String name) {
    Entry entry = find(name);
    int count = Math.toIntExact(entry.shape().numel());
    ByteBuffer at = slice(entry);
    DType dtype = entry.dtype();
    if (dtype.isFloatingPoint()) {
      double[] values = new double[count];
      for (int i = 0; i < count; i++) {
        values[i] =
            switch (dtype) {
              case FLOAT64 -> at.getDouble();
              case FLOAT32 -> at.getFloat();
              case FLOAT16 -> Float.float16ToFloat(at.getShort());
              default -> Float.intBitsToFloat(at.getShort() << 16);
            };
      }
      return new Numbers(dtype, entry.shape(), values, new long[0]);
    }
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      values[i] =
          switch (dtype) {
            case INT64 -> at.getLong();
            case INT32 -> at.getInt();
            case INT16 -> at.getShort();
            case INT8 -> at.get();
            default -> Byte.toUnsignedInt(at.get());
          };
      if (dtype == DType.BOOL && values[i] > 1) {
        throw new FormatException(source + ": " + name + " holds " + values[i] + " as truth value");
      }
    }
    return new Numbers(dtype, entry.shape(), new double[0], values);
  }

  private Entry find(String name) {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw new FormatException(source + ": there is no tensor " + name);
    }
    return entry;
  }

  private ByteBuffer slice(Entry entry) {
    return elements
        .slice((int) entry.begin(), (int) (entry.end() - entry.begin()))
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * {@return a file with some of the tensors}
   *
   * @param names their names; the larger element types come first, so that all are aligned
   */
  public byte[] subset(Collection<String> names) {
    List<Entry> chosen = new ArrayList<>();
    names.forEach(name -> chosen.add(find(name)));
    chosen.sort(Comparator.comparingInt((Entry entry) -> -entry.dtype().bytes()));
    StringBuilder header = new StringBuilder("{");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Entry entry : chosen) {
      int begin = bytes.size();
      byte[] part = new byte[(int) (entry.end() - entry.begin())];
      slice(entry).get(part);
      bytes.writeBytes(part);
      header
          .append(header.length() == 1 ? "" : ",")
          .append("\"%s\":{\"dtype\":\"%s\",".formatted(entry.name(), entry.type()))
          .append("\"shape\":%s,".formatted(entry.shape().toString().replace(" ", "")))
          .append("\"data_offsets\":[%d,%d]}".formatted(begin, bytes.size()));
    }
    header.append('}').repeat(' ', Math.floorMod(-header.length(), 8));
    byte[] text = header.toString().getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + text.length + bytes.size())
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(text.length)
        .put(text)
        .put(bytes.toByteArray())
        .array();
  }
}
