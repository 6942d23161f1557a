package fluxion.conformance.golden;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.DType;
import fluxion.api.FormatException;
import fluxion.api.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SafetensorsTest {
  private static final String TWO =
      "{\"__metadata__\":{\"a\":\"b\"},"
          + "\"x\":{\"dtype\":\"F64\",\"shape\":[2],\"data_offsets\":[0,16]},"
          + "\"i\":{\"dtype\":\"I32\",\"shape\":[],\"data_offsets\":[16,20]}}";

  private static byte[] file(String header, byte[] elements) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + text.length + elements.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(text.length)
        .put(text)
        .put(elements)
        .array();
  }

  private static byte[] elements() {
    return ByteBuffer.allocate(20)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putDouble(1.5)
        .putDouble(-2)
        .putInt(7)
        .array();
  }

  @Test
  void tensors_are_read_by_name() {
    Safetensors file = Safetensors.parse(file(TWO, elements()), "file");
    assertArrayEquals(new double[] {1.5, -2}, file.get("x").floats());
    assertEquals(Shape.of(2), file.get("x").shape());
    assertArrayEquals(new long[] {7}, file.get("i").integers());
    assertEquals(DType.INT32, file.get("i").dtype());
    assertThrows(FormatException.class, () -> file.get("y"));
  }

  @Test
  void a_subset_is_a_file_of_its_own() {
    Safetensors all = Safetensors.parse(file(TWO, elements()), "file");
    Safetensors part = Safetensors.parse(all.subset(List.of("i", "x")), "part");
    assertArrayEquals(new double[] {1.5, -2}, part.get("x").floats());
    assertArrayEquals(new long[] {7}, part.get("i").integers());
    byte[] one = all.subset(List.of("i"));
    assertEquals(0, ByteBuffer.wrap(one).order(ByteOrder.LITTLE_ENDIAN).getLong() % 8);
    assertThrows(FormatException.class, () -> Safetensors.parse(one, "one").get("x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"x\":{\"dtype\":\"F64\",\"shape\":[2],\"data_offsets\":[0,16]}}",
        "{\"x\":{\"dtype\":\"F64\",\"shape\":[2],\"data_offsets\":[4,20]}}",
        "{\"x\":{\"dtype\":\"F64\",\"shape\":[3],\"data_offsets\":[0,20]}}",
        "{\"x\":{\"dtype\":\"F99\",\"shape\":[20],\"data_offsets\":[0,20]}}",
        "{\"x\":{\"dtype\":\"U8\",\"shape\":[-20],\"data_offsets\":[0,20]}}",
        "{\"x\":{\"dtype\":\"U8\",\"shape\":[20],\"data_offsets\":[0,20,20]}}",
        "{\"x\":{\"dtype\":\"U8\",\"shape\":[21],\"data_offsets\":[0,21]}}",
        "{\"x\":{\"dtype\":\"U8\",\"shape\":[20],\"data_offsets\":[0,20]},"
            + "\"y\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[16,20]}}",
        "{\"x\":{\"dtype\":\"U8\",\"shape\":[20]}}",
        "{\"x\":7}",
        "[]",
        "{",
        "{}"
      })
  void a_header_that_does_not_fit_is_refused(String header) {
    String message =
        assertThrows(
                FormatException.class,
                () -> Safetensors.parse(file(header, elements()), "the file"))
            .getMessage();
    assertTrue(message.contains("the file") || message.contains("expected"), message);
  }

  @Test
  void a_file_that_is_cut_is_refused() {
    byte[] whole = file(TWO, elements());
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThrows(FormatException.class, () -> Safetensors.parse(cut, "cut"), "at " + length);
    }
  }

  @Test
  void a_truth_value_is_0_or_1() {
    String header = "{\"b\":{\"dtype\":\"BOOL\",\"shape\":[2],\"data_offsets\":[0,2]}}";
    assertArrayEquals(
        new long[] {0, 1},
        Safetensors.parse(file(header, new byte[] {0, 1}), "f").get("b").integers());
    Safetensors two = Safetensors.parse(file(header, new byte[] {0, 2}), "f");
    assertThrows(FormatException.class, () -> two.get("b"));
  }
}
