package fluxion.nn.checkpoint.file;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Maps files into memory. */
public final class MappedFile {
  private MappedFile() {}

  /**
   * {@return the bytes of a file, read from disk as they are used}
   *
   * @param path the file
   * @param arena says how long they can be used
   * @throws IOException if the file is not there or cannot be read
   */
  public static MemorySegment map(Path path, Arena arena) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
    }
  }
}
