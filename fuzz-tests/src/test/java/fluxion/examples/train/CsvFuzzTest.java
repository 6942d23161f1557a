package fluxion.examples.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import fluxion.api.FormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A file of comma-separated digits that is anything: it is read, or refused in one line. */
class CsvFuzzTest {
  private static Path folder;

  @BeforeAll
  static void make_a_folder() throws IOException {
    folder = Files.createTempDirectory("csv");
  }

  @AfterAll
  static void remove_it() throws IOException {
    Files.deleteIfExists(folder.resolve("digits.csv"));
    Files.deleteIfExists(folder.resolve("digits.csv.gz"));
    Files.delete(folder);
  }

  /** The first byte says whether the others are taken to be compressed. */
  @FuzzTest
  void a_file_is_read_or_refused_in_one_line(byte[] input) throws IOException {
    boolean packed = input.length > 0 && (input[0] & 1) == 1;
    Path file = folder.resolve(packed ? "digits.csv.gz" : "digits.csv");
    Files.write(file, input.length == 0 ? input : Arrays.copyOfRange(input, 1, input.length));
    Images images;
    try {
      images = DigitsReader.read(file);
    } catch (FormatException e) {
      assertTrue(e.getMessage().startsWith(file + ":"), e.getMessage());
      assertEquals(1, e.getMessage().lines().count(), e.getMessage());
      return;
    }
    assertEquals(Images.Format.SMALL_DIGITS, images.format());
  }
}
