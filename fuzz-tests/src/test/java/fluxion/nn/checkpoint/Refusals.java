package fluxion.nn.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.FormatException;
import fluxion.api.Tensor;
import fluxion.nn.checkpoint.file.Elements;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What is asked of every reader: it reads a file, or refuses it in one line. */
final class Refusals {
  static final String SOURCE = "input";

  /** What reads a file. */
  interface Reader<T> {
    T read();
  }

  private Refusals() {}

  /** What was read, or null for a file that was refused as it is to be. */
  static <T> T read(Reader<T> reader) {
    try {
      return reader.read();
    } catch (FormatException e) {
      assertTrue(e.getMessage().startsWith(SOURCE), e.getMessage());
      assertEquals(1, e.getMessage().lines().count(), e.getMessage());
      assertTrue(e.getMessage().length() < 1000, e.getMessage());
      return null;
    }
  }

  /** Tensors that are written and read again have the same bits. */
  static void assertSame(Map<String, Tensor> expected, Map<String, Tensor> actual) {
    assertEquals(expected.keySet(), actual.keySet());
    for (Map.Entry<String, Tensor> entry : expected.entrySet()) {
      Tensor before = entry.getValue();
      Tensor after = actual.get(entry.getKey());
      assertEquals(before.shape(), after.shape());
      assertEquals(before.dtype(), after.dtype());
      if (before.numel() < 1 << 16) {
        assertArrayEquals(bits(before), bits(after));
      }
    }
  }

  private static byte[] bits(Tensor tensor) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      Elements.write(tensor, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** A folder for one file. */
  static Path folder(String name) throws IOException {
    return Files.createTempDirectory(name);
  }

  static void remove(Path folder, String file) throws IOException {
    Files.deleteIfExists(folder.resolve(file));
    Files.delete(folder);
  }
}
