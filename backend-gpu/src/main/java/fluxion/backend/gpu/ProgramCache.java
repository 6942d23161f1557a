package fluxion.backend.gpu;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compiled programs on disk, by a hash of the source, the options, the device and the driver. A
 * file is a checksum and the driver's binary; it appears whole or not at all, so that processes may
 * share the folder, and what is damaged counts as absent. The folder is {@code fluxion/opencl} in
 * the user's cache, or what {@code -Dfluxion.gpu.cache=DIR} says; {@code off} keeps nothing.
 */
final class ProgramCache {
  private static final String PROPERTY = "fluxion.gpu.cache";
  private static final long MOST_BYTES = 256L << 20;
  private static final int CHECKSUM_BYTES = 32;
  private static final String ENDING = ".clbin";

  private final @Nullable Path folder;
  private final long mostBytes;
  private long written;

  /** Makes the cache that the system's properties say. */
  ProgramCache() {
    this(folder(System.getProperty(PROPERTY)), MOST_BYTES);
  }

  /**
   * Makes a cache.
   *
   * @param folder where it is, or null for none
   * @param mostBytes about how large it may become
   */
  ProgramCache(@Nullable Path folder, long mostBytes) {
    this.folder = folder;
    this.mostBytes = mostBytes;
    this.written = mostBytes; // looked at by the first program that is kept
  }

  private static @Nullable Path folder(@Nullable String property) {
    if ("off".equals(property)) {
      return null;
    }
    try {
      if (property != null && !property.isBlank()) {
        return Path.of(property);
      }
      String home = System.getProperty("user.home", "");
      String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
      String local = System.getenv("LOCALAPPDATA");
      String xdg = System.getenv("XDG_CACHE_HOME");
      Path base =
          os.startsWith("windows") && local != null
              ? Path.of(local)
              : os.startsWith("mac")
                  ? Path.of(home, "Library", "Caches")
                  : xdg != null && !xdg.isBlank() ? Path.of(xdg) : Path.of(home, ".cache");
      return base.resolve("fluxion").resolve("opencl");
    } catch (InvalidPathException e) {
      return null;
    }
  }

  /**
   * {@return the name of a program}
   *
   * @param texts all that it depends on
   */
  static String key(String... texts) {
    MessageDigest digest = sha256();
    for (String text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      digest.update(ByteBuffer.allocate(8).putLong(bytes.length).array());
      digest.update(bytes);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }

  /**
   * {@return a program's binary, or null if it is not there or damaged}
   *
   * @param key its name
   */
  byte @Nullable [] load(String key) {
    if (folder == null) {
      return null;
    }
    Path file = folder.resolve(key + ENDING);
    try {
      byte[] bytes = Files.readAllBytes(file);
      if (bytes.length > CHECKSUM_BYTES) {
        byte[] binary = Arrays.copyOfRange(bytes, CHECKSUM_BYTES, bytes.length);
        byte[] sum = Arrays.copyOf(bytes, CHECKSUM_BYTES);
        if (MessageDigest.isEqual(sum, sha256().digest(binary))) {
          Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
          return binary;
        }
      }
    } catch (IOException e) {
      // not there, or not to be read: it is compiled
    }
    return null;
  }

  /**
   * Keeps a program's binary, if that can be done.
   *
   * @param key its name
   * @param binary the bytes
   */
  synchronized void store(String key, byte[] binary) {
    if (folder == null || binary.length == 0) {
      return;
    }
    Path part = null;
    try {
      Files.createDirectories(folder);
      part = Files.createTempFile(folder, "new", ".part");
      Files.write(part, sha256().digest(binary));
      Files.write(part, binary, java.nio.file.StandardOpenOption.APPEND);
      Files.move(part, folder.resolve(key + ENDING), StandardCopyOption.REPLACE_EXISTING);
      written += binary.length;
      if (written >= mostBytes / 8) {
        written = 0;
        shrink(folder);
      }
    } catch (IOException e) {
      remove(part);
    }
  }

  /** Removes a program that the driver would not take. */
  void remove(String key) {
    if (folder != null) {
      remove(folder.resolve(key + ENDING));
    }
  }

  private static void remove(@Nullable Path file) {
    if (file != null) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        // it stays, and is looked at again
      }
    }
  }

  /** Removes the programs that were not used for longest, down to three quarters of the size. */
  private void shrink(Path where) throws IOException {
    record Kept(Path file, long size, long used) {}
    List<Kept> all;
    try (Stream<Path> files = Files.list(where)) {
      all =
          files
              .filter(file -> file.toString().endsWith(ENDING))
              .map(file -> new Kept(file, file.toFile().length(), file.toFile().lastModified()))
              .sorted(Comparator.comparingLong(Kept::used))
              .toList();
    }
    long bytes = all.stream().mapToLong(Kept::size).sum();
    if (bytes <= mostBytes) {
      return;
    }
    for (Kept kept : all) {
      if (bytes <= mostBytes / 4 * 3) {
        break;
      }
      remove(kept.file());
      bytes -= kept.size();
    }
  }
}
