package fluxion.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.FormatException;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Files of arrays and of separated values. */
final class FilesTest {
  @TempDir Path folder;

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  private Path csv(String text) throws IOException {
    return write("data.csv", text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] zipped(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(plain);
    }
    return bytes.toByteArray();
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replace(" ", ""));
  }

  private static String refused(Path file, Executable reading) {
    String message = assertThrows(FormatException.class, reading).getMessage();
    assertTrue(message.startsWith(file.toString()), message);
    assertEquals(1, message.lines().count(), message);
    return message.substring(file.toString().length());
  }

  // ---- IDX

  @Test
  void an_idx_file_of_any_type_is_read_with_the_highest_byte_first() throws IOException {
    record Case(String file, DType dtype, Shape shape, List<Double> values) {}
    List<Case> cases =
        List.of(
            new Case("00000801 00000002 07ff", DType.UINT8, Shape.of(2), List.of(7d, 255d)),
            new Case("00000901 00000002 07ff", DType.INT8, Shape.of(2), List.of(7d, -1d)),
            new Case(
                "00000b02 00000001 00000002 0102fffe",
                DType.INT16,
                Shape.of(1, 2),
                List.of(258d, -2d)),
            new Case("00000c01 00000001 00010000", DType.INT32, Shape.of(1), List.of(65536d)),
            new Case("00000d01 00000001 3fc00000", DType.FLOAT32, Shape.of(1), List.of(1.5)),
            new Case(
                "00000e01 00000001 bff8000000000000", DType.FLOAT64, Shape.of(1), List.of(-1.5)));
    for (Case c : cases) {
      for (boolean zip : new boolean[] {false, true}) {
        Path file = write("array", zip ? zipped(hex(c.file())) : hex(c.file()));
        Tensor array = Idx.read(file);
        assertEquals(c.dtype(), array.dtype());
        assertEquals(c.shape(), array.shape());
        assertEquals(c.values(), Arrays.stream(array.toDoubleArray()).boxed().toList());
      }
    }
  }

  @Test
  void an_idx_file_that_is_malformed_is_told() throws IOException {
    String expected =
        ": offset 0: expected 00 00, a type (08, 09, 0b, 0c, 0d or 0e) and a number of dimensions"
            + " (IDX), found ";
    for (String bytes : List.of("00010801", "00000a01", "00000800", "000008ff")) {
      Path file = write("array", hex(bytes + "00000001 07"));
      String spaced = HexFormat.ofDelimiter(" ").formatHex(hex(bytes));
      assertEquals(expected + spaced, refused(file, () -> Idx.read(file)));
    }
    Path none = write("array", new byte[2]);
    assertEquals(expected + "a file of 2 bytes", refused(none, () -> Idx.read(none)));
    Path shorter = write("array", hex("00000b01 00000003 00010002"));
    assertEquals(
        ": offset 8: expected 6 bytes of data, as the sizes say, found 4 up to the end of the file",
        refused(shorter, () -> Idx.read(shorter)));
    Path empty = write("array", hex("00000b02 00000003 00000000"));
    assertEquals(
        ": offset 8: expected the number of elements along dimension 1, from 1 to 2147483647,"
            + " found 0",
        refused(empty, () -> Idx.read(empty)));
    Path huge = write("array", zipped(hex("00000e02 7fffffff 7fffffff 00")));
    String message = refused(huge, () -> Idx.read(huge));
    assertTrue(
        message.matches(
            ": offset 4 of the unpacked data: expected elements that take at most \\d+ bytes,"
                + " found at least 17179869176"),
        message);
    Path more = write("array", zipped(hex("00000801 00000001 0102")));
    assertEquals(
        ": offset 9 of the unpacked data: expected the end, as the sizes say, found more data",
        refused(more, () -> Idx.read(more)));
    Path missing = folder.resolve("missing");
    assertTrue(refused(missing, () -> Idx.read(missing)).startsWith(": cannot be read: "));
  }

  // ---- separated values

  @Test
  void the_last_column_is_the_class_and_the_others_the_input() throws IOException {
    byte[] text = "\ufeff1,2.5,-3e2,1\r\n .5 ,nan,7.,0".getBytes(StandardCharsets.UTF_8);
    for (Path file : List.of(write("data.csv", text), write("data.csv.gz", zipped(text)))) {
      CsvDataset data = CsvDataset.read(file, CsvOptions.DEFAULT);
      assertEquals(2, data.size());
      assertArrayEquals(new float[] {1, 2.5f, -300}, data.get(0).input().toFloatArray());
      assertArrayEquals(new float[] {.5f, Float.NaN, 7}, data.get(1).input().toFloatArray());
      assertEquals(DType.INT64, data.get(0).label().dtype());
      assertEquals(1, data.get(0).label().itemLong());
      assertEquals(List.of(), data.columns());
      assertEquals(List.of(), data.classes());
      DataLoader loader = new DataLoader(data, DataLoaderOptions.batchSize(2));
      assertArrayEquals(new long[] {1, 0}, loader.iterator().next().labels().toLongArray());
    }
  }

  @Test
  void classes_may_have_names_and_columns_too() throws IOException {
    Path file = csv("kind;\"length; in \"\"cm\"\"\";width\nrose;1;2\n\"a;b\";3;4\nrose;5;6\n");
    CsvOptions options =
        CsvOptions.DEFAULT.header(true).separator(';').label(0, CsvOptions.Labels.NAMES);
    CsvDataset data = CsvDataset.read(file, options);
    assertEquals(List.of("length; in \"cm\"", "width"), data.columns());
    assertEquals(List.of("a;b", "rose"), data.classes());
    assertEquals(3, data.size());
    assertEquals(1, data.get(0).label().itemLong());
    assertEquals(0, data.get(1).label().itemLong());
    assertArrayEquals(new float[] {5, 6}, data.get(2).input().toFloatArray());
  }

  @Test
  void a_label_may_be_a_number() throws IOException {
    CsvOptions options = CsvOptions.DEFAULT.label(-2, CsvOptions.Labels.VALUES);
    CsvDataset data = CsvDataset.read(csv("1,2.5,3\n4,-5,6"), options);
    assertEquals(DType.FLOAT32, data.get(0).label().dtype());
    assertEquals(2.5, data.get(0).label().item());
    assertArrayEquals(new float[] {4, 6}, data.get(1).input().toFloatArray());
  }

  private String refusedCsv(String text, CsvOptions options) throws IOException {
    Path file = csv(text);
    return refused(file, () -> CsvDataset.read(file, options));
  }

  private String refusedCsv(String text) throws IOException {
    return refusedCsv(text, CsvOptions.DEFAULT);
  }

  @Test
  void a_line_that_does_not_fit_is_told_with_its_number() throws IOException {
    assertEquals(
        ":2: expected 3 fields, as in the first line, found 2", refusedCsv("1,2,0\n1,0\n"));
    assertEquals(
        ":2: expected 3 fields, as in the first line, found an empty line",
        refusedCsv("1,2,0\n\n1,2,0"));
    assertEquals(
        ":3: expected a number in column 2, found 'two'", refusedCsv("1,2,0\n1,2,0\n1,two,0"));
    for (String number : List.of("1f", "1d", "0x1p3", "", "1,5\"")) {
      if (!number.contains(",")) {
        assertEquals(
            ":1: expected a number in column 1, found '" + number + "'", refusedCsv(number + ",0"));
      }
    }
    for (String label : List.of("-1", "1.0", "x", "", "9999999999")) {
      assertEquals(
          ":1: expected the number of a class, from 0, in column 2, found '" + label + "'",
          refusedCsv("1," + label));
    }
    assertEquals(":1: expected numbers and a label, found 1", refusedCsv("1\n"));
  }

  @Test
  void a_quote_that_does_not_end_is_told() throws IOException {
    assertEquals(
        ":1: expected a quote at the end of field '\"1,0', found none", refusedCsv("\"1,0"));
    assertEquals(
        ":1: expected the end of the field behind '\"1\"', found 'x,0'", refusedCsv("\"1\"x,0"));
  }

  @Test
  void a_file_without_data_is_told() throws IOException {
    assertEquals(":1: expected a line of data, found an empty file", refusedCsv(""));
    CsvOptions header = CsvOptions.DEFAULT.header(true);
    assertEquals(":2: expected a line of data, found none", refusedCsv("a,b\n", header));
    assertEquals(":1: expected a line of data, found an empty file", refusedCsv("", header));
  }

  @Test
  void a_column_that_is_not_there_is_told() throws IOException {
    Path file = csv("1,2,3");
    for (int column : new int[] {3, -4}) {
      CsvOptions options = CsvOptions.DEFAULT.label(column, CsvOptions.Labels.CLASSES);
      assertEquals(
          "there is no column " + column + " in a file of 3 columns",
          assertThrows(ArgumentException.class, () -> CsvDataset.read(file, options)).getMessage());
    }
  }

  @Test
  void a_file_that_cannot_be_read_is_told() throws IOException {
    Path none = folder.resolve("none.csv");
    assertEquals(
        ": there is no such file", refused(none, () -> CsvDataset.read(none, CsvOptions.DEFAULT)));
    assertEquals(
        ": expected a file, found a folder",
        refused(folder, () -> CsvDataset.read(folder, CsvOptions.DEFAULT)));
    byte[] whole = zipped("1,2,0\n".repeat(10_000).getBytes(StandardCharsets.UTF_8));
    Path half = write("half.csv.gz", Arrays.copyOf(whole, whole.length / 2));
    String message = refused(half, () -> CsvDataset.read(half, CsvOptions.DEFAULT));
    assertTrue(
        message.matches(":\\d+: expected gzip data, as the name says: it ends too early"), message);
  }
}
