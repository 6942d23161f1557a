package fluxion.nn.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import fluxion.api.FormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A folder of IDX files of which one is anything: it is read, or refused in one line. */
class IdxFuzzTest {
  private static final List<String> NAMES =
      List.of(
          "train-images-idx3-ubyte",
          "train-labels-idx1-ubyte",
          "t10k-images-idx3-ubyte",
          "t10k-labels-idx1-ubyte");

  private static Path folder;

  @BeforeAll
  static void make_a_folder() throws IOException {
    folder = Files.createTempDirectory("idx");
  }

  @AfterAll
  static void remove_it() throws IOException {
    for (String name : NAMES) {
      Files.deleteIfExists(folder.resolve(name));
    }
    Files.delete(folder);
  }

  /** Two images of 2 x 3 pixels, or their labels. */
  private static byte[] right(String name) {
    return name.contains("images")
        ? ByteBuffer.allocate(28)
            .putInt(0x803)
            .putInt(2)
            .putInt(2)
            .putInt(3)
            .put(27, (byte) 9)
            .array()
        : ByteBuffer.allocate(10).putInt(0x801).putInt(2).put(9, (byte) 1).array();
  }

  /** The first byte says which file the others are. */
  @FuzzTest
  void a_folder_is_read_or_refused_in_one_line(byte[] input) throws IOException {
    int which = input.length == 0 ? 0 : input[0] & 3;
    byte[] content = input.length == 0 ? input : Arrays.copyOfRange(input, 1, input.length);
    for (int i = 0; i < NAMES.size(); i++) {
      String name = NAMES.get(i);
      Files.write(folder.resolve(name), i == which ? content : right(name));
    }
    IdxFolder read;
    try {
      read = IdxFolder.read(folder);
    } catch (FormatException e) {
      assertTrue(e.getMessage().contains(NAMES.get(which)) || which < 2, e.getMessage());
      assertEquals(1, e.getMessage().lines().count(), e.getMessage());
      return;
    }
    PixelDataset train = read.train();
    assertTrue(train.size() > 0 && train.height() > 0 && train.width() > 0);
    assertEquals(train.height(), read.test().height());
    assertEquals(train.width(), read.test().width());
    assertEquals(train.classes(), read.test().classes());
  }
}
