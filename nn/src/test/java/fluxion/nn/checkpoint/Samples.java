package fluxion.nn.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.DType;
import fluxion.api.FormatException;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Files that PyTorch and NumPy wrote, tensors of any bits, and what is asked of refusals. */
final class Samples {
  private Samples() {}

  /** A file of the resources. */
  static byte[] bytes(String name) {
    try (InputStream in = Samples.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file of the resources, on disk. */
  static Path file(Path folder, String name) throws IOException {
    Path file = folder.resolve(name);
    Files.write(file, bytes(name));
    return file;
  }

  /** A tensor of random bits: NaNs with any payload among them. */
  static Tensor noise(DType dtype, long seed, long... sizes) {
    Shape shape = Shape.of(sizes);
    byte[] bytes = new byte[Math.toIntExact(shape.numel()) * dtype.bytes()];
    new Random(seed).nextBytes(bytes);
    if (dtype == DType.BOOL) {
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] &= 1;
      }
    }
    return Tensors.fromBytes(MemorySegment.ofArray(bytes), shape, TensorOptions.of(dtype));
  }

  /** The elements of a tensor in row-major order, bit for bit. */
  static byte[] bits(Tensor tensor) {
    Tensor rows = tensor.contiguous();
    byte[] bytes = new byte[Math.toIntExact(rows.numel()) * rows.dtype().bytes()];
    rows.untypedStorage().copyTo(rows.storageOffset(), MemorySegment.ofArray(bytes));
    return bytes;
  }

  static void assertSameBits(Tensor expected, Tensor actual) {
    assertEquals(expected.dtype(), actual.dtype());
    assertEquals(expected.shape(), actual.shape());
    assertArrayEquals(bits(expected), bits(actual));
  }

  static void assertSameBits(Map<String, Tensor> expected, Map<String, Tensor> actual) {
    assertEquals(List.copyOf(expected.keySet()), List.copyOf(actual.keySet()));
    expected.forEach(
        (name, tensor) -> assertSameBits(tensor, Objects.requireNonNull(actual.get(name))));
  }

  /** A file that is refused, and a part of what is said. */
  static final class Malformed {
    private final String title;
    private final byte[] bytes;
    private final String message;

    Malformed(String title, byte[] bytes, String message) {
      this.title = title;
      this.bytes = bytes;
      this.message = message;
    }
  }

  /** Tests that files are refused with the right words, in one line that names the file. */
  static Stream<DynamicTest> refusals(Path folder, String name, List<Malformed> files) {
    return files.stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.title,
                    () -> {
                      Path path = folder.resolve(name);
                      Files.write(path, file.bytes);
                      FormatException e = assertThrows(FormatException.class, () -> readAll(path));
                      String message = String.valueOf(e.getMessage());
                      assertTrue(message.contains(file.message), message);
                      assertTrue(message.startsWith(path.toString()), message);
                      assertEquals(1, message.lines().count(), message);
                    }));
  }

  /** Reads a file and every tensor in it. */
  static void readAll(Path path) throws IOException {
    Checkpoints.load(path).forEach((name, tensor) -> assertTrue(tensor.numel() >= 0, name));
  }

  /** Reads what a file becomes when it is damaged: only the one kind of error may occur. */
  static boolean isRead(Path path, byte[] bytes) throws IOException {
    Files.write(path, bytes);
    try {
      readAll(path);
      return true;
    } catch (FormatException e) {
      return false;
    }
  }

  /** Cuts a file off everywhere, and changes each of its bytes. */
  static void damage(Path path, byte[] whole) throws IOException {
    for (int length = 0; length < whole.length; length++) {
      assertTrue(!isRead(path, Arrays.copyOf(whole, length)), "cut off at " + length);
    }
    Random random = new Random(1);
    for (int i = 0; i < whole.length; i++) {
      byte[] changed = whole.clone();
      changed[i] ^= (byte) (1 + random.nextInt(255));
      isRead(path, changed); // may be read, if only a number changed
    }
  }
}
