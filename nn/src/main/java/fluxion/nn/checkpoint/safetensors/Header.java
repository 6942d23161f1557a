package fluxion.nn.checkpoint.safetensors;

import fluxion.api.DType;
import fluxion.api.FormatException;
import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.nn.checkpoint.file.Cursor;
import fluxion.nn.checkpoint.file.Refusal;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The header of a safetensors file: eight bytes with its length, and JSON that says where which
 * tensor lies behind it. The rules are those of the format's own reader: tensors follow each other
 * without gap or overlap and fill the file, names are unique, and sizes agree with shapes.
 *
 * @param tensors the tensors by name, in the header's order
 * @param metadata the texts under {@code __metadata__}
 * @param size where the tensors' bytes begin
 */
public record Header(Map<String, TensorInfo> tensors, Map<String, String> metadata, long size) {
  private static final int LONGEST = 100_000_000;
  private static final int MOST_DIMS = 64;
  private static final ValueLayout.OfLong LENGTH =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** The name under which the header has texts about the file. */
  public static final String METADATA = "__metadata__";

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

  /**
   * {@return whether a file begins as one of safetensors does: with a length that fits into it, and
   * a brace} Files of the other formats have other bytes there.
   *
   * @param file the file's bytes
   */
  public static boolean isLikely(MemorySegment file) {
    if (file.byteSize() <= Long.BYTES) {
      return false;
    }
    long length = file.get(LENGTH, 0);
    return length > 0
        && length <= file.byteSize() - Long.BYTES
        && file.get(ValueLayout.JAVA_BYTE, Long.BYTES) == '{';
  }

  /**
   * {@return the header of a file}
   *
   * @param file the file's bytes
   * @param source its name, for messages
   * @throws FormatException if it breaks a rule of the format, or a tensor has a dtype that Fluxion
   *     lacks
   */
  public static Header read(MemorySegment file, String source) {
    Cursor cursor = new Cursor(file, source);
    if (file.byteSize() < 8) {
      throw Refusal.of(source, "a file of " + file.byteSize() + " bytes is no safetensors file");
    }
    long length = cursor.i64();
    if (length < 0 || length > LONGEST) {
      throw Refusal.of(
          source,
          "the header is to have %s bytes; at most %d are taken"
              .formatted(Long.toUnsignedString(length), LONGEST));
    }
    if (length > cursor.remaining()) {
      throw Refusal.of(
          source,
          "the header is to have %d bytes, but only %d follow"
              .formatted(length, cursor.remaining()));
    }
    HeaderText text = new HeaderText(cursor.text(length, LONGEST), source);
    Map<String, TensorInfo> tensors = new LinkedHashMap<>();
    Map<String, String> metadata = null;
    text.expect('{');
    if (!text.skip('}')) {
      do {
        String name = text.string();
        text.expect(':');
        boolean second;
        if (name.equals(METADATA)) {
          second = metadata != null;
          metadata = texts(text);
        } else {
          second = tensors.put(name, tensor(text, source, name)) != null;
        }
        if (second) {
          throw text.error("there are two entries \"" + name + "\"");
        }
      } while (text.skip(','));
      text.expect('}');
    }
    text.expectEnd();
    requireTiling(source, tensors, cursor.remaining());
    return new Header(tensors, metadata == null ? Map.of() : metadata, 8 + length);
  }

  private static Map<String, String> texts(HeaderText text) {
    Map<String, String> texts = new LinkedHashMap<>();
    text.expect('{');
    if (!text.skip('}')) {
      do {
        String key = text.string();
        text.expect(':');
        if (texts.put(key, text.string()) != null) {
          throw text.error("there are two entries \"" + key + "\" in " + METADATA);
        }
      } while (text.skip(','));
      text.expect('}');
    }
    return texts;
  }

  private static long[] numbers(HeaderText text, int most) {
    long[] numbers = new long[most];
    int count = 0;
    text.expect('[');
    if (!text.skip(']')) {
      do {
        if (count == most) {
          throw text.error("a list has more than " + most + " numbers");
        }
        numbers[count++] = text.number();
      } while (text.skip(','));
      text.expect(']');
    }
    return Arrays.copyOf(numbers, count);
  }

  private static TensorInfo tensor(HeaderText text, String source, String name) {
    String type = null;
    long[] sizes = null;
    long[] offsets = null;
    text.expect('{');
    do {
      String field = text.string();
      text.expect(':');
      boolean second;
      switch (field) {
        case "dtype" -> {
          second = type != null;
          type = text.string();
        }
        case "shape" -> {
          second = sizes != null;
          sizes = numbers(text, MOST_DIMS);
        }
        case "data_offsets" -> {
          second = offsets != null;
          offsets = numbers(text, 2);
        }
        default -> throw text.error("tensor " + name + " has an unknown field \"" + field + "\"");
      }
      if (second) {
        throw text.error("tensor " + name + " has two fields \"" + field + "\"");
      }
    } while (text.skip(','));
    text.expect('}');
    if (type == null || sizes == null || offsets == null || offsets.length != 2) {
      throw text.error(
          "tensor " + name + " needs a dtype, a shape and two data_offsets, and lacks some");
    }
    return info(source, name, type, sizes, offsets[0], offsets[1]);
  }

  private static TensorInfo info(
      String source, String name, String type, long[] sizes, long begin, long end) {
    DType dtype = DTYPES.get(type);
    if (dtype == null) {
      throw Refusal.of(
          source, "tensor " + name + " has dtype " + type + ", which Fluxion does not have");
    }
    Shape shape;
    try {
      shape = Shape.of(sizes);
    } catch (ShapeException e) {
      throw Refusal.of(source, "tensor " + name + ": " + e.getMessage(), e);
    }
    long size = end - begin;
    if (size < 0 || size % dtype.bytes() != 0 || size / dtype.bytes() != shape.numel()) {
      throw Refusal.of(
          source,
          "tensor %s of shape %s and dtype %s cannot lie from %d to %d"
              .formatted(name, shape, type, begin, end));
    }
    return new TensorInfo(name, dtype, shape, begin, end);
  }

  private static void requireTiling(String source, Map<String, TensorInfo> tensors, long size) {
    List<TensorInfo> ordered = new ArrayList<>(tensors.values());
    ordered.sort(Comparator.comparingLong(TensorInfo::begin).thenComparingLong(TensorInfo::end));
    long at = 0;
    for (TensorInfo tensor : ordered) {
      if (tensor.begin() != at) {
        throw Refusal.of(
            source,
            "tensor %s begins at %d, but what is before it ends at %d"
                .formatted(tensor.name(), tensor.begin(), at));
      }
      at = tensor.end();
    }
    if (at != size) {
      throw Refusal.of(
          source, "the tensors end at %d, but the file has %d bytes for them".formatted(at, size));
    }
  }

  /**
   * {@return the format's name of a dtype}
   *
   * @param dtype the dtype
   */
  public static String typeName(DType dtype) {
    for (Map.Entry<String, DType> entry : DTYPES.entrySet()) {
      if (entry.getValue() == dtype) {
        return entry.getKey();
      }
    }
    throw new IllegalArgumentException(dtype.toString());
  }

  /**
   * Appends a string as JSON has it.
   *
   * @param out where to
   * @param string the string
   * @return {@code out}
   */
  public static StringBuilder quote(StringBuilder out, String string) {
    out.append('"');
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      String escape = escape(c);
      if (escape == null) {
        out.append(c);
      } else {
        out.append(escape);
      }
    }
    return out.append('"');
  }

  private static @Nullable String escape(char c) {
    return switch (c) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\b' -> "\\b";
      case '\f' -> "\\f";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> c < ' ' ? "\\u%04x".formatted((int) c) : null;
    };
  }
}
