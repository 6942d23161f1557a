package fluxion.engine.folder;

import fluxion.api.PluginException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.MalformedInputException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the jars of a directory are to hold: {@code fluxion.lock} has a line for each, its SHA-256
 * and its name, as {@code sha256sum} writes them. Lines that begin with {@code #} say nothing.
 */
public final class LockFile {
  /** The file's name. */
  public static final String NAME = "fluxion.lock";

  private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) [ *]([^/\\\\]+)");

  private final Path file;
  private final Map<String, String> digests;

  private LockFile(Path file, Map<String, String> digests) {
    this.file = file;
    this.digests = Map.copyOf(digests);
  }

  /**
   * {@return a lock file}
   *
   * @param file the file
   * @throws PluginException if it cannot be read
   */
  static LockFile read(Path file) {
    Map<String, String> digests = new TreeMap<>();
    int number = 0;
    try {
      for (String line : Files.readAllLines(file)) {
        number++;
        if (line.isBlank() || line.startsWith("#")) {
          continue;
        }
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches() || digests.put(matcher.group(2), matcher.group(1)) != null) {
          throw new PluginException(
              file
                  + ", line "
                  + number
                  + ": expected a SHA-256, two spaces and the name of a jar, each jar once; got '"
                  + line
                  + "'");
        }
      }
    } catch (MalformedInputException e) {
      throw new PluginException(file + " is no text: expected lines of sha256sum", e);
    } catch (IOException e) {
      throw new PluginException("the lock file " + file + " cannot be read: " + e, e);
    }
    return new LockFile(file, digests);
  }

  /**
   * Writes the lock file of a directory.
   *
   * @param directory holds jars
   * @return how many jars it now has
   * @throws PluginException if there is no such directory, a jar cannot be read or the file cannot
   *     be written
   */
  public static int write(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw new PluginException("there is no folder " + directory + " whose jars could be locked");
    }
    Map<String, String> digests = new TreeMap<>();
    try {
      try (DirectoryStream<Path> jars = Files.newDirectoryStream(directory, "*.jar")) {
        for (Path jar : jars) {
          digests.put(String.valueOf(jar.getFileName()), sha256(jar));
        }
      }
      StringBuilder text =
          new StringBuilder("# Written by fluxion plugins --lock; checked with sha256sum, too.\n");
      digests.forEach((name, digest) -> text.append(digest).append("  ").append(name).append('\n'));
      Files.writeString(directory.resolve(NAME), text);
    } catch (IOException e) {
      throw new PluginException("the jars of " + directory + " cannot be locked: " + e, e);
    }
    return digests.size();
  }

  /** The file. */
  Path file() {
    return file;
  }

  /** The names of the jars. */
  Iterable<String> names() {
    return new TreeMap<>(digests).keySet();
  }

  /** What a jar is to hold, or null if the file does not have it. */
  @Nullable String digest(String name) {
    return digests.get(name);
  }

  /** What a jar holds. */
  static String sha256(Path jar) throws IOException {
    try (InputStream in = Files.newInputStream(jar)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      new DigestInputStream(in, digest).transferTo(java.io.OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
