package fluxion.backend.gpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramCacheTest {
  @TempDir Path folder;

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  @Test
  void a_program_is_found_again_by_another_process() {
    String key = ProgramCache.key("source", "options");
    new ProgramCache(folder, 1 << 20).store(key, new byte[] {1, 2, 3});
    assertArrayEquals(new byte[] {1, 2, 3}, new ProgramCache(folder, 1 << 20).load(key));
  }

  @Test
  void a_key_depends_on_each_text_and_on_where_it_ends() {
    assertEquals(ProgramCache.key("a", "b"), ProgramCache.key("a", "b"));
    assertNotEquals(ProgramCache.key("a", "b"), ProgramCache.key("b", "a"));
    assertNotEquals(ProgramCache.key("ab", "c"), ProgramCache.key("a", "bc"));
  }

  @Test
  void a_damaged_or_cut_file_counts_as_absent() throws IOException {
    ProgramCache cache = new ProgramCache(folder, 1 << 20);
    String key = ProgramCache.key("x");
    cache.store(key, new byte[100]);
    Path file = files().getFirst();
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
    assertNull(cache.load(key));
    Files.write(file, new byte[7]);
    assertNull(cache.load(key));
    cache.store(key, new byte[100]);
    assertArrayEquals(new byte[100], cache.load(key));
  }

  @Test
  void the_folder_stays_about_as_large_as_it_may_be_and_keeps_what_was_used_last()
      throws IOException {
    ProgramCache cache = new ProgramCache(folder, 10_000);
    for (int i = 0; i < 50; i++) {
      String key = ProgramCache.key("program " + i);
      cache.store(key, new byte[1000]);
      // the clock of a file system may be coarse
      for (Path file : files()) {
        if (file.getFileName().toString().startsWith(key)) {
          Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000L + i * 1000L));
        }
      }
    }
    long bytes = files().stream().mapToLong(file -> file.toFile().length()).sum();
    assertTrue(bytes <= 12_500, bytes + " bytes");
    assertArrayEquals(new byte[1000], cache.load(ProgramCache.key("program 49")));
    assertNull(cache.load(ProgramCache.key("program 0")));
  }

  @Test
  void a_folder_that_cannot_be_written_keeps_nothing_and_fails_nothing() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "no folder");
    ProgramCache cache = new ProgramCache(file, 1 << 20);
    cache.store(ProgramCache.key("x"), new byte[3]);
    assertNull(cache.load(ProgramCache.key("x")));
    ProgramCache none = new ProgramCache(null, 1 << 20);
    none.store(ProgramCache.key("x"), new byte[3]);
    assertNull(none.load(ProgramCache.key("x")));
  }
}
