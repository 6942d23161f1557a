package fluxion.examples.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.FormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DigitsReaderTest {
  private static final String GOOD = "0,".repeat(63) + "16,9";

  @TempDir Path folder;

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  private static byte[] zipped(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private String complaint(Path file) {
    String message =
        assertThrows(FormatException.class, () -> DigitsReader.read(file)).getMessage();
    assertTrue(message.startsWith(file.toString()), message);
    assertEquals(1, message.lines().count(), message);
    return message.substring(file.toString().length());
  }

  private String complaint(String text) throws IOException {
    return complaint(write("digits.csv", text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void the_shipped_digits_are_all_there() {
    Images digits = DigitsReader.shipped();
    assertEquals(1797, digits.size());
    assertEquals(0, digits.classOf(0));
    assertEquals(13, digits.pixel(0, 0, 3));
    assertEquals(1437, digits.split().train().size());
    assertEquals(360, digits.split().test().size());
  }

  @Test
  void a_file_is_read_plain_or_compressed() throws IOException {
    String text = GOOD + "\n" + GOOD + "\r\n";
    for (Path file :
        new Path[] {
          write("digits.csv", text.getBytes(StandardCharsets.UTF_8)),
          write("digits.csv.gz", zipped(text))
        }) {
      Images digits = DigitsReader.read(file);
      assertEquals(2, digits.size());
      assertEquals(9, digits.classOf(1));
      assertEquals(16, digits.pixel(1, 7, 7));
    }
  }

  @Test
  void a_wrong_number_of_columns_is_told() throws IOException {
    assertEquals(
        ":2: expected 65 numbers (64 pixels, then the class), found 2",
        complaint(GOOD + "\n1,2\n"));
    assertEquals(
        ":2: expected 65 numbers (64 pixels, then the class), found an empty line",
        complaint(GOOD + "\n\n" + GOOD));
    assertEquals(
        ":1: expected 65 numbers (64 pixels, then the class), found 66", complaint(GOOD + ",3"));
  }

  @Test
  void what_is_no_number_is_told() throws IOException {
    assertEquals(
        ":2: expected a whole number from 0 to 16 as pixel 1, found 'x'",
        complaint(GOOD + "\nx" + GOOD.substring(1)));
    assertEquals(
        ":1: expected a whole number from 0 to 16 as pixel 1, found '?[31mvery very long …'",
        complaint("\u001b[31mvery very long field" + GOOD.substring(1)));
  }

  @Test
  void a_pixel_out_of_range_is_told() throws IOException {
    assertEquals(
        ":1: expected a whole number from 0 to 16 as pixel 64, found '17'",
        complaint(GOOD.replace("16,9", "17,9")));
    assertEquals(
        ":1: expected a whole number from 0 to 16 as pixel 64, found '-1'",
        complaint(GOOD.replace("16,9", "-1,9")));
  }

  @Test
  void a_class_out_of_range_is_told() throws IOException {
    assertEquals(
        ":1: expected a whole number from 0 to 9 as the class, column 65, found '10'",
        complaint(GOOD.replace("16,9", "16,10")));
  }

  @Test
  void too_few_images_are_told() throws IOException {
    String expected = "expected at least 2 images, one to train and one to test, found ";
    assertEquals(":1: " + expected + "an empty file", complaint(""));
    assertEquals(":2: " + expected + "1", complaint(GOOD));
  }

  @Test
  void what_is_not_gzip_is_told() throws IOException {
    String expected = ":1: expected gzip data, as the name says: ";
    byte[] text = GOOD.getBytes(StandardCharsets.UTF_8);
    assertEquals(expected + "Not in GZIP format", complaint(write("digits.csv.gz", text)));
    assertEquals(expected + "it ends too early", complaint(write("digits.csv.gz", new byte[0])));
    byte[] whole = zipped(GOOD);
    byte[] half = Arrays.copyOf(whole, whole.length / 2);
    assertTrue(complaint(write("digits.csv.gz", half)).startsWith(expected));
  }

  @Test
  void a_file_that_is_not_there_is_told() {
    assertEquals(": there is no such file", complaint(folder.resolve("none.csv")));
    assertEquals(": expected a file, found a folder", complaint(folder));
  }
}
