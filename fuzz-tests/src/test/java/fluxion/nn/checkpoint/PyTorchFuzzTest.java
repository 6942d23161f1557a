package fluxion.nn.checkpoint;

import com.code_intelligence.jazzer.junit.FuzzTest;
import fluxion.api.FormatException;
import fluxion.api.Tensor;
import fluxion.nn.checkpoint.pth.PthReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * A file of PyTorch's that is anything: it is read, or refused in one line. What is read can be
 * written, and read again.
 */
class PyTorchFuzzTest {
  private static final int STORAGES = 8;

  private static Path folder;

  @BeforeAll
  static void make_a_folder() throws IOException {
    folder = Refusals.folder("pth");
  }

  @AfterAll
  static void remove_it() throws IOException {
    Refusals.remove(folder, "again.pth");
  }

  /**
   * The first byte says whether the others are a file, or the pickle in an archive that is right
   * otherwise: checksums keep a fuzzer from the inside of archives.
   */
  @FuzzTest
  void a_file_is_read_or_refused_in_one_line(byte[] input) throws IOException {
    byte[] rest = input.length == 0 ? input : Arrays.copyOfRange(input, 1, input.length);
    boolean pickle = input.length > 0 && (input[0] & 1) == 1;
    byte[] bytes = pickle ? archive(rest) : rest;
    Object[] value = new Object[1];
    Map<String, Tensor> tensors =
        Refusals.read(
            () -> {
              value[0] = PthReader.read(MemorySegment.ofArray(bytes), Refusals.SOURCE);
              return names(value[0]);
            });
    if (tensors != null) {
      Path again = folder.resolve("again.pth");
      PyTorch.save(value[0], again);
      Refusals.assertSame(tensors, names(PyTorch.load(again)));
    }
  }

  private static Map<String, Tensor> names(Object value) {
    try {
      return Checkpoints.tensors(value);
    } catch (FormatException e) {
      return Map.of(); // too many names, or one twice
    }
  }

  private static byte[] archive(byte[] pickle) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setLevel(1);
      zip.putNextEntry(new ZipEntry("x/data.pkl"));
      zip.write(pickle);
      for (int i = 0; i < STORAGES; i++) {
        zip.putNextEntry(new ZipEntry("x/data/" + i));
        zip.write(new byte[8 * i]); // elements of two to eight bytes, from none on
      }
    }
    return out.toByteArray();
  }
}
