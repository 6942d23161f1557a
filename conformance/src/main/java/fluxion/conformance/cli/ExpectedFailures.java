package fluxion.conformance.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads which checks are known to fail: lines {@code GLOB = REASON}, and comments after #. */
final class ExpectedFailures {
  private ExpectedFailures() {}

  /**
   * The reasons by patterns of checks' ids.
   *
   * @throws UsageException if the file cannot be read, or a line has another form
   */
  static Map<String, String> read(String file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(Path.of(file));
    } catch (IOException | InvalidPathException e) {
      throw new UsageException("--expect-failures: '" + file + "' cannot be read: " + e, e);
    }
    Map<String, String> reasons = new LinkedHashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      int equals = line.indexOf(" = ");
      if (equals <= 0 || line.substring(equals + 3).isBlank()) {
        throw new UsageException(
            "--expect-failures: line %d of '%s' is not 'GLOB = REASON': '%s'"
                .formatted(i + 1, file, line));
      }
      reasons.put(line.substring(0, equals).strip(), line.substring(equals + 3).strip());
    }
    return reasons;
  }
}
