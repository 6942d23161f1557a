package fluxion.nn.checkpoint;

import static fluxion.nn.checkpoint.Samples.assertSameBits;
import static fluxion.nn.checkpoint.Samples.noise;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SafeTensorsTest {
  @TempDir private Path folder;

  private static byte[] file(String header, int data) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + text.length + data)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(text.length)
        .put(text)
        .array();
  }

  @ParameterizedTest
  @ValueSource(strings = {"adam_checkpoint", "dtypes_and_views", "nested_checkpoint"})
  void a_recorded_file_is_written_again_byte_for_byte(String name) throws IOException {
    SafeTensors file = SafeTensors.open(Samples.file(folder, name + ".safetensors"));
    Path again = folder.resolve("again.safetensors");
    SafeTensors.save(file.tensors(), file.metadata(), again);
    assertArrayEquals(Samples.bytes(name + ".safetensors"), Files.readAllBytes(again));
  }

  /** The header's length begins with the byte with which archives, pickles and arrays begin. */
  @ParameterizedTest
  @ValueSource(ints = {'P', 0x80, 0x93})
  void a_file_is_known_whatever_the_first_byte_of_its_length(int first) throws IOException {
    String header = "{\"x\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}}";
    header += " ".repeat((first - header.length()) & 0xff);
    Path path = folder.resolve("any.safetensors");
    Files.write(path, file(header, 1));
    assertEquals(Set.of("x"), Checkpoints.load(path).keySet());
  }

  @Test
  void elements_of_every_dtype_come_back_bit_for_bit() throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    List<DType> widestFirst = new ArrayList<>(List.of(DType.values()));
    widestFirst.sort((a, b) -> b.bytes() - a.bytes());
    for (DType dtype : widestFirst) {
      tensors.put(dtype.shortName(), noise(dtype, 7, 1 + dtype.bytes(), 70_001));
      tensors.put(dtype.shortName() + " alone", noise(dtype, 8));
      tensors.put(dtype.shortName() + " of nothing", noise(dtype, 9, 3, 0));
    }
    Path path = folder.resolve("all.safetensors");
    SafeTensors.save(tensors, path);
    assertSameBits(tensors, SafeTensors.open(path).tensors());
  }

  @Test
  void what_the_header_says_is_known_without_reading_a_tensor() throws IOException {
    SafeTensors file = SafeTensors.open(Samples.file(folder, "adam_checkpoint.safetensors"));
    assertEquals(8, file.names().size());
    assertEquals(Shape.of(2, 3), file.shape("model.weight"));
    assertEquals(DType.FLOAT32, file.dtype("optimizer.state.0.step"));
    assertEquals("gen_resnet.py", file.metadata().get("generator"));
    assertTrue(file.tensors().containsKey("model.bias"));
    assertNull(file.tensors().get("model"));
  }

  @Test
  void each_request_copies_anew() throws IOException {
    SafeTensors file = SafeTensors.open(Samples.file(folder, "adam_checkpoint.safetensors"));
    Tensor first = file.tensor("model.bias");
    assertNotSame(first, file.tensor("model.bias"));
    double before = file.tensor("model.bias").sum().item();
    first.zero_();
    assertEquals(before, file.tensor("model.bias").sum().item());
  }

  @Test
  void a_file_larger_than_the_heap_is_opened_and_read_in_part() throws IOException {
    Path path = folder.resolve("huge.safetensors");
    long small = 16;
    long large = 1L << 35;
    String header =
        "{\"small\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,%d]},".formatted(small)
            + "\"large\":{\"dtype\":\"F64\",\"shape\":[%d],\"data_offsets\":[%d,%d]}}"
                .formatted(large / 8, small, small + large);
    byte[] start = file(header, 16);
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.write(start);
      file.setLength(start.length + large); // a hole: nothing is written
    }
    SafeTensors file = SafeTensors.open(path);
    assertEquals(Shape.of(large / 8), file.shape("large"));
    assertEquals(0, file.tensor("small").sum().item());
  }

  @Test
  void views_are_written_as_they_look() throws IOException {
    Tensor base = noise(DType.FLOAT32, 3, 4, 6);
    Map<String, Tensor> views =
        new LinkedHashMap<>(
            Map.of("a", base.t(), "b", base.select(1, 2), "c", base.narrow(0, 1, 2)));
    Path path = folder.resolve("views.safetensors");
    SafeTensors.save(views, path);
    assertSameBits(views, SafeTensors.open(path).tensors());
  }

  @Test
  void names_may_be_any_text() throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (String name : List.of("", "\"\\\n\t\u0001", "größe", "𝄞", "a.b.c", "\u2028")) {
      tensors.put(name, Tensors.tensor(1f));
    }
    Path path = folder.resolve("names.safetensors");
    SafeTensors.save(tensors, Map.of("\"", "\r\b\f/"), path);
    assertEquals(tensors.keySet(), SafeTensors.open(path).names());
    assertEquals(Map.of("\"", "\r\b\f/"), SafeTensors.open(path).metadata());
  }

  @Test
  void a_file_without_tensors_is_a_file() throws IOException {
    Path path = folder.resolve("none.safetensors");
    SafeTensors.save(Map.of(), path);
    assertEquals(Set.of(), SafeTensors.open(path).names());
    assertEquals(0, Files.size(path) % 8);
  }

  @Test
  void what_cannot_be_written_leaves_the_old_file_alone() throws IOException {
    Path path = Samples.file(folder, "nested_checkpoint.safetensors");
    Tensor closed = Tensors.zeros(2);
    closed.close();
    for (Map<String, Tensor> tensors :
        List.of(Map.of("__metadata__", Tensors.zeros(1)), Map.of("\ud800", Tensors.zeros(1)))) {
      assertThrows(ArgumentException.class, () -> SafeTensors.save(tensors, path));
    }
    assertThrows(
        fluxion.api.MemoryException.class, () -> SafeTensors.save(Map.of("a", closed), path));
    assertArrayEquals(Samples.bytes("nested_checkpoint.safetensors"), Files.readAllBytes(path));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(1, files.count(), "no part of a file is left");
    }
  }

  @Test
  void an_unknown_name_is_refused_with_the_known_ones() throws IOException {
    SafeTensors file = SafeTensors.open(Samples.file(folder, "nested_checkpoint.safetensors"));
    ArgumentException e = assertThrows(ArgumentException.class, () -> file.tensor("weight"));
    assertTrue(
        Objects.requireNonNull(e.getMessage())
            .endsWith("has no tensor weight; it has state_dict.weight, state_dict.bias"),
        e.getMessage());
  }

  @Test
  void a_damaged_file_is_refused_or_read_but_nothing_else() throws IOException {
    Samples.damage(folder.resolve("damaged"), Samples.bytes("nested_checkpoint.safetensors"));
  }

  private static String entry(String type, String shape, String offsets) {
    return "{\"a\":{\"dtype\":\""
        + type
        + "\",\"shape\":"
        + shape
        + ",\"data_offsets\":"
        + offsets
        + "}}";
  }

  private static Samples.Malformed of(String title, String header, int data, String message) {
    return new Samples.Malformed(title, file(header, data), message);
  }

  private static byte[] length(long length) {
    return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array();
  }

  private static byte[] notUtf8() {
    byte[] bytes = file("{\"a\":{}}", 0);
    bytes[11] = (byte) 0xff;
    return bytes;
  }

  @TestFactory
  Stream<DynamicTest> a_malformed_file_is_refused() {
    String two =
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[%d,%d]}}";
    String good = "\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]";
    return Samples.refusals(
        folder,
        "bad.safetensors",
        List.of(
            new Samples.Malformed("nothing", new byte[0], "0 bytes is no safetensors file"),
            new Samples.Malformed("too short", new byte[7], "7 bytes is no safetensors file"),
            new Samples.Malformed("long header", length(9), "have 9 bytes, but only 0 follow"),
            new Samples.Malformed(
                "endless header", length(-1), "18446744073709551615 bytes; at most 100000000"),
            new Samples.Malformed("huge header", length(1L << 40), "at most 100000000 are taken"),
            new Samples.Malformed("no text", notUtf8(), "no UTF-8"),
            of("no object", "[]", 0, "expected '{', found '['"),
            of("space in front only", "   ", 0, "expected '{', found the end"),
            of("unclosed", "{\"a\":", 0, "expected '{', found the end"),
            of("unclosed string", "{\"a", 0, "expected '\"', found the end"),
            of("control character", "{\"a\nb\":{}}", 0, "a control character"),
            of("bad escape", "{\"\\x\":{}}", 0, "expected an escape, found 'x'"),
            of("bad unicode", "{\"\\u00g0\":{}}", 0, "expected a hexadecimal digit"),
            of("half a pair", "{\"\\ud800\":{}}", 0, "half of a surrogate pair"),
            of("text behind", "{} x", 0, "expected the end, found 'x'"),
            of("deep nesting", "{\"a\":" + "[".repeat(100_000), 0, "expected '{', found '['"),
            of("empty entry", "{\"a\":{}}", 0, "expected '\"', found '}'"),
            of("null entry", "{\"a\":null}", 0, "expected '{', found 'n'"),
            of("no dtype", "{\"a\":{\"shape\":[1],\"data_offsets\":[0,4]}}", 4, "lacks some"),
            of("unknown field", "{\"a\":{" + good + ",\"x\":1}}", 4, "unknown field \"x\""),
            of("two fields", "{\"a\":{" + good + ",\"shape\":[1]}}", 4, "two fields \"shape\""),
            of(
                "two entries",
                "{\"a\":{" + good + "},\"a\":{" + good + "}}",
                4,
                "two entries \"a\""),
            of("metadata twice", "{\"__metadata__\":{},\"__metadata__\":{}}", 0, "two entries"),
            of("metadata of numbers", "{\"__metadata__\":{\"a\":1}}", 0, "expected '\"'"),
            of("key twice", "{\"__metadata__\":{\"a\":\"\",\"a\":\"\"}}", 0, "two entries \"a\""),
            of("unknown dtype", entry("F8_E5M2", "[1]", "[0,1]"), 1, "a has dtype F8_E5M2, which"),
            of("unsigned", entry("U16", "[1]", "[0,2]"), 2, "tensor a has dtype U16"),
            of("negative size", entry("F32", "[-1]", "[0,4]"), 4, "expected a whole number"),
            of("fraction", entry("F32", "[1.5]", "[0,4]"), 4, "expected ']', found '.'"),
            of("leading zero", entry("F32", "[01]", "[0,4]"), 4, "expected a whole number"),
            of("large size", entry("F32", "[99999999999999999999]", "[0,4]"), 4, "63 bits"),
            of("product", entry("F32", "[4294967296,4294967296]", "[0,4]"), 4, "overflows"),
            of(
                "many dims",
                entry("F32", "[" + "1,".repeat(99) + "1]", "[0,4]"),
                4,
                "more than 64 numbers"),
            of("one offset", entry("F32", "[1]", "[4]"), 4, "lacks some"),
            of("three offsets", entry("F32", "[1]", "[0,4,8]"), 4, "more than 2 numbers"),
            of("backwards", entry("F32", "[1]", "[4,0]"), 4, "cannot lie from 4 to 0"),
            of("wrong size", entry("F32", "[2]", "[0,4]"), 4, "cannot lie from 0 to 4"),
            of("part of one", entry("F32", "[1]", "[0,5]"), 5, "cannot lie from 0 to 5"),
            of("gap in front", entry("F32", "[1]", "[4,8]"), 8, "a begins at 4, but what is"),
            of("gap", two.formatted(8, 12), 12, "b begins at 8, but what is before it ends at 4"),
            of("overlap", two.formatted(2, 6), 6, "b begins at 2, but what is before it ends at 4"),
            of("beyond the end", entry("F32", "[1]", "[0,4]"), 3, "but the file has 3 bytes"),
            of("rest", entry("F32", "[1]", "[0,4]"), 5, "end at 4, but the file has 5 bytes"),
            new Samples.Malformed(
                "truth of 2", ended(file(entry("BOOL", "[2]", "[0,2]"), 2)), "element 1 is 2")));
  }

  private static byte[] ended(byte[] bytes) {
    bytes[bytes.length - 1] = 2;
    return bytes;
  }
}
