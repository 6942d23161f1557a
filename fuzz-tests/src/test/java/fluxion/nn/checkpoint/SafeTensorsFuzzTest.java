package fluxion.nn.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import fluxion.api.Tensor;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A safetensors file that is anything: it is read, or refused in one line. */
class SafeTensorsFuzzTest {
  private static Path folder;

  @BeforeAll
  static void make_a_folder() throws IOException {
    folder = Refusals.folder("safetensors");
  }

  @AfterAll
  static void remove_it() throws IOException {
    Refusals.remove(folder, "again.safetensors");
  }

  @FuzzTest
  void a_file_is_read_or_refused_in_one_line(byte[] input) throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>();
    Map<String, Tensor> tensors =
        Refusals.read(
            () -> {
              SafeTensors file = SafeTensors.of(MemorySegment.ofArray(input), Refusals.SOURCE);
              metadata.putAll(file.metadata());
              return new LinkedHashMap<>(file.tensors());
            });
    if (tensors != null) {
      Path again = folder.resolve("again.safetensors");
      SafeTensors.save(tensors, metadata, again);
      SafeTensors file = SafeTensors.open(again);
      assertEquals(metadata, file.metadata());
      Refusals.assertSame(tensors, file.tensors());
    }
  }
}
