import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Whether the jars of a module path are as {@code fluxion.lock} says, for each of its folders that
 * has such a file. It is asked before a JVM runs their code.
 */
final class LockedJars {
  private static final String NAME = "fluxion.lock";

  private LockedJars() {}

  /** What is wrong with a module path, or the empty text. */
  static String problem(String modulePath) throws IOException {
    for (String element : modulePath.split(File.pathSeparator, -1)) {
      Path path = Path.of(element);
      boolean folder = Files.isDirectory(path);
      Path home = folder ? path : path.toAbsolutePath().getParent();
      if (element.isEmpty() || home == null || !Files.exists(home.resolve(NAME))) {
        continue;
      }
      Map<String, String> due = read(home.resolve(NAME));
      if (folder) {
        for (String name : due.keySet()) {
          if (!Files.exists(path.resolve(name))) {
            return name + " stands in " + home.resolve(NAME) + " and is not there" + again(home);
          }
        }
      }
      try (Stream<Path> jars = folder ? Files.list(path) : Stream.of(path)) {
        for (Path jar : jars.filter(file -> file.toString().endsWith(".jar")).sorted().toList()) {
          String problem = problem(jar, due.get(jar.getFileName().toString()), home);
          if (!problem.isEmpty()) {
            return problem;
          }
        }
      }
    }
    return "";
  }

  private static String problem(Path jar, String due, Path home) throws IOException {
    if (due == null) {
      return jar.getFileName() + " is not in " + home.resolve(NAME) + again(home);
    }
    return due.equals(sha256(jar))
        ? ""
        : jar.getFileName()
            + " has changed since "
            + home.resolve(NAME)
            + " was written"
            + again(home);
  }

  private static String again(Path home) {
    return "; nothing was started. If that is meant, write it again with fluxion plugins --lock "
        + home;
  }

  private static Map<String, String> read(Path file) throws IOException {
    Map<String, String> digests = new TreeMap<>();
    for (String line : Files.readAllLines(file)) {
      String[] parts = line.split("  ", 2);
      if (!line.startsWith("#") && parts.length == 2) {
        digests.put(parts[1], parts[0]);
      }
    }
    return digests;
  }

  private static String sha256(Path jar) throws IOException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
