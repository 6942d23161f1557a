package fluxion.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Element types and their promotion. */
final class DTypeTest {
  private static List<String> promotions() throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(DTypeTest.class.getResourceAsStream("promotion.csv")),
                StandardCharsets.UTF_8))) {
      return lines.lines().filter(line -> !line.startsWith("#")).toList();
    }
  }

  @Test
  void promotion_follows_pytorchs_table() throws IOException {
    List<String> lines = promotions();
    assertEquals(DType.values().length * DType.values().length, lines.size());
    for (String line : lines) {
      String[] names = line.split(",", -1);
      assertEquals(DType.of(names[2]), DType.promote(DType.of(names[0]), DType.of(names[1])), line);
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_dtype_is_found_by_its_names(DType dtype) {
    assertEquals(dtype, DType.of(dtype.shortName()));
    assertEquals(dtype, DType.of(dtype.toString()));
    assertEquals("torch." + dtype.shortName(), dtype.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "float, FLOAT32",
    "double, FLOAT64",
    "half, FLOAT16",
    "long, INT64",
    "int, INT32",
    "short, INT16"
  })
  void pytorchs_aliases_are_known(String alias, DType dtype) {
    assertEquals(dtype, DType.of(alias));
    assertEquals(dtype, DType.of("torch." + alias));
  }

  @Test
  void an_unknown_dtype_is_refused_with_those_that_there_are() {
    DTypeException e = assertThrows(DTypeException.class, () -> DType.of("complex64"));
    assertTrue(e.getMessage().startsWith("there is no dtype 'complex64'; the dtypes are "));
    assertTrue(e.getMessage().contains("torch.bfloat16"));
  }

  @ParameterizedTest
  @CsvSource({
    "BOOL, 1",
    "UINT8, 1",
    "INT8, 1",
    "INT16, 2",
    "INT32, 4",
    "INT64, 8",
    "FLOAT16, 2",
    "BFLOAT16, 2",
    "FLOAT32, 4",
    "FLOAT64, 8"
  })
  void an_element_has_its_size(DType dtype, int bytes) {
    assertEquals(bytes, dtype.bytes());
  }

  @Test
  void half_precision_computes_in_float32() {
    assertEquals(DType.FLOAT32, DType.FLOAT16.computeType());
    assertEquals(DType.FLOAT32, DType.BFLOAT16.computeType());
    assertEquals(DType.INT8, DType.INT8.computeType());
  }

  @Test
  void bool_is_neither_integral_nor_floating_point() {
    assertTrue(!DType.BOOL.isIntegral() && !DType.BOOL.isFloatingPoint());
    assertTrue(DType.UINT8.isIntegral());
    assertTrue(DType.BFLOAT16.isFloatingPoint());
  }
}
