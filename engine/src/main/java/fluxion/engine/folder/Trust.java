package fluxion.engine.folder;

import fluxion.api.PluginException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whether the jars of a directory may be loaded.
 *
 * <p>Where there is a lock file, a jar must be as it says. What is more, a program may ask that
 * each jar is in a lock file or is signed by somebody whom it trusts.
 */
final class Trust {
  /** The system property that says what is demanded: {@code locked}, {@code signed} or both. */
  static final String ONLY = "fluxion.plugins.only";

  /** The system property that names a lock file elsewhere. */
  static final String LOCK = "fluxion.plugins.lock";

  private static final String LOCKED = "locked";
  private static final String SIGNED = "signed";

  private final Path directory;
  private final @Nullable LockFile lock;
  private final Set<String> demanded;

  private Trust(Path directory, @Nullable LockFile lock, Set<String> demanded) {
    this.directory = directory;
    this.lock = lock;
    this.demanded = demanded;
  }

  /**
   * What is asked of the jars of a directory.
   *
   * @throws PluginException if a property or the lock file is wrong
   */
  static Trust of(Path directory) {
    Set<String> demanded = new TreeSet<>();
    for (String word : System.getProperty(ONLY, "").split(",", -1)) {
      if (!word.isBlank()) {
        demanded.add(word.strip());
      }
    }
    if (!Set.of(LOCKED, SIGNED).containsAll(demanded)) {
      throw new PluginException(
          "-D"
              + ONLY
              + "="
              + System.getProperty(ONLY)
              + ": expected locked, signed, or locked,signed for jars that are either");
    }
    String elsewhere = System.getProperty(LOCK, "");
    Path file = elsewhere.isEmpty() ? directory.resolve(LockFile.NAME) : Path.of(elsewhere);
    LockFile lock = elsewhere.isEmpty() && !Files.exists(file) ? null : LockFile.read(file);
    return new Trust(directory, lock, demanded);
  }

  /** Why a jar may not be loaded, or the empty text. */
  String objection(Path jar) throws IOException {
    if (lock == null && demanded.isEmpty()) {
      return "";
    }
    if (Files.isDirectory(jar)) {
      return "is a folder of classes, which can be neither locked nor signed; make a jar of it";
    }
    String byLock = objectionOfLock(jar);
    String due = lock == null ? null : lock.digest(String.valueOf(jar.getFileName()));
    if (due != null && !byLock.isEmpty()) {
      return byLock;
    }
    if (!demanded.contains(SIGNED)) {
      return byLock;
    }
    if (demanded.contains(LOCKED) && byLock.isEmpty()) {
      return "";
    }
    return Signatures.objection(jar);
  }

  private String objectionOfLock(Path jar) throws IOException {
    if (lock == null) {
      return "may not be loaded: -D"
          + ONLY
          + " asks for a lock file, and there is no "
          + directory.resolve(LockFile.NAME)
          + "; write it with fluxion plugins --lock "
          + directory;
    }
    String due = lock.digest(String.valueOf(jar.getFileName()));
    if (due == null) {
      return "is not in " + lock.file() + again("if it belongs there");
    }
    String found = LockFile.sha256(jar);
    return due.equals(found)
        ? ""
        : "has changed since "
            + lock.file()
            + " was written: its SHA-256 is "
            + found
            + " and was "
            + due
            + "; put the former jar back"
            + again(", or, if the change is meant");
  }

  private String again(String when) {
    return (when.startsWith(",") ? when : "; " + when)
        + ", write the lock file again with fluxion plugins --lock "
        + directory;
  }

  /** The jars that the lock file has, without those that are there. */
  List<Path> missing(List<Path> there) {
    List<Path> missing = new ArrayList<>();
    if (lock != null) {
      for (String name : lock.names()) {
        if (!there.contains(directory.resolve(name))) {
          missing.add(directory.resolve(name));
        }
      }
    }
    return missing;
  }

  /** What is said of such a jar. */
  String missing() {
    return lock == null
        ? ""
        : "stands in " + lock.file() + " and is not there; put it back" + again(", or");
  }
}
