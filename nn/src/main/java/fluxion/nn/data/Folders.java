package fluxion.nn.data;

import fluxion.api.FormatException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Folders that data sets are read from. */
final class Folders {
  private Folders() {}

  /**
   * Checks that there is a folder.
   *
   * @param folder the folder
   * @throws FormatException if there is none, or a file in its place
   */
  static void require(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new FormatException(
          folder
              + ": "
              + (Files.exists(folder)
                  ? "expected a folder, found a file"
                  : "there is no such folder"));
    }
  }
}
