package fluxion.nn.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import fluxion.api.FormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A file of separated values that is anything: it is read, or refused in one line. */
class SeparatedValuesFuzzTest {
  private static final String[] NAMES = {"values.csv", "values.csv.gz"};
  private static final List<CsvOptions.Labels> LABELS =
      List.of(CsvOptions.Labels.CLASSES, CsvOptions.Labels.NAMES, CsvOptions.Labels.VALUES);

  private static Path folder;

  @BeforeAll
  static void make_a_folder() throws IOException {
    folder = Files.createTempDirectory("values");
  }

  @AfterAll
  static void remove_it() throws IOException {
    for (String name : NAMES) {
      Files.deleteIfExists(folder.resolve(name));
    }
    Files.delete(folder);
  }

  /** The bits of the first byte: compressed, a header, numbers as labels, none. */
  @FuzzTest
  void a_file_is_read_or_refused_in_one_line(byte[] input) throws IOException {
    int choice = input.length == 0 ? 0 : input[0];
    Path file = folder.resolve(NAMES[choice & 1]);
    Files.write(file, input.length == 0 ? input : Arrays.copyOfRange(input, 1, input.length));
    CsvOptions.Labels labels = LABELS.get((choice >> 2 & 3) % 3);
    CsvOptions options = CsvOptions.DEFAULT.header((choice & 2) != 0).label(-1, labels);
    CsvDataset data;
    try {
      data = CsvDataset.read(file, options);
    } catch (FormatException e) {
      assertTrue(e.getMessage().startsWith(file + ":"), e.getMessage());
      assertEquals(1, e.getMessage().lines().count(), e.getMessage());
      return;
    }
    assertTrue(data.size() > 0);
    Example last = data.get(data.size() - 1);
    assertEquals(data.get(0).input().shape(), last.input().shape());
  }
}
