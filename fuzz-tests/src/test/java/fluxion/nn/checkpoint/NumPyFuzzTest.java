package fluxion.nn.checkpoint;

import com.code_intelligence.jazzer.junit.FuzzTest;
import fluxion.api.Tensor;
import fluxion.nn.checkpoint.npy.NpyReader;
import fluxion.nn.checkpoint.zip.ZipReader;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A file of NumPy's that is anything: it is read, or refused in one line. */
class NumPyFuzzTest {
  private static Path folder;

  @BeforeAll
  static void make_a_folder() throws IOException {
    folder = Refusals.folder("npy");
  }

  @AfterAll
  static void remove_it() throws IOException {
    Refusals.remove(folder, "again.npz");
  }

  @FuzzTest
  void a_file_is_read_or_refused_in_one_line(byte[] input) throws IOException {
    MemorySegment bytes = MemorySegment.ofArray(input);
    boolean archive = input.length > 0 && input[0] == 'P';
    Map<String, Tensor> tensors =
        Refusals.read(
            () ->
                archive
                    ? NpyReader.readArchive(ZipReader.of(bytes, Refusals.SOURCE), Refusals.SOURCE)
                    : Map.of("array", NpyReader.read(bytes, Refusals.SOURCE)));
    if (tensors != null) {
      Path again = folder.resolve("again.npz");
      NumPy.saveArchive(tensors, again);
      Refusals.assertSame(tensors, NumPy.loadArchive(again));
    }
  }
}
