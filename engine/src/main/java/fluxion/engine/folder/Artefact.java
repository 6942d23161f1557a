package fluxion.engine.folder;

import java.io.IOException;
import java.lang.module.FindException;
import java.lang.module.InvalidModuleDescriptorException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** A jar or a folder of classes in a directory, and what is wrong with it, if anything is. */
final class Artefact {
  private static final String DESCRIPTOR = "module-info.class";

  private final Path path;
  private @Nullable ModuleReference reference;
  private String refusal = "";
  private @Nullable Throwable thrown;

  private Artefact(Path path) {
    this.path = path;
  }

  static boolean isFolderOfClasses(Path path) {
    return Files.exists(path.resolve(DESCRIPTOR));
  }

  /** What lies at a path, read as far as it can be. */
  static Artefact read(Path path, Trust trust) {
    Artefact artefact = new Artefact(path);
    try {
      String distrust = trust.objection(path);
      if (distrust.isEmpty()) {
        artefact.readModule();
      } else {
        artefact.refuse(distrust, null);
      }
    } catch (NoSuchFileException e) {
      artefact.refuse("has gone while it was read; load the folder again", e);
    } catch (IOException | SecurityException e) {
      artefact.refuse(
          "cannot be read: " + e.getMessage() + "; it is damaged: copy or build it again", e);
    } catch (FindException e) {
      artefact.refuse(unusable(e), e);
    }
    return artefact;
  }

  /** What the lock file has and the folder has not. */
  static Artefact missing(Path path, Trust trust) {
    Artefact artefact = new Artefact(path);
    artefact.refuse(trust.missing(), null);
    return artefact;
  }

  private void readModule() throws IOException {
    if (!Files.isDirectory(path) && !hasDescriptor()) {
      refuse(
          "is not a module: it has no module-info.class; add a module-info.java to its sources, or"
              + " put it on the class path",
          null);
      return;
    }
    Set<ModuleReference> found = ModuleFinder.of(path).findAll();
    if (found.isEmpty()) {
      refuse("is not a module: it has no classes; build it again", null);
      return;
    }
    reference = found.iterator().next();
  }

  private boolean hasDescriptor() throws IOException {
    try (JarFile jar = new JarFile(path.toFile(), false, ZipFile.OPEN_READ, Runtime.version())) {
      return jar.getEntry(DESCRIPTOR) != null;
    }
  }

  private static String unusable(FindException e) {
    Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
    if (cause instanceof InvalidModuleDescriptorException) {
      return "has a module-info.class that cannot be used: "
          + cause.getMessage()
          + "; compile the module again with --release "
          + Runtime.version().feature();
    }
    return "cannot be read: " + cause.getMessage() + "; it is damaged: copy or build it again";
  }

  /** Says why it cannot be used. What was said first stays. */
  void refuse(String reason, @Nullable Throwable cause) {
    if (refusal.isEmpty()) {
      refusal = file() + " " + reason;
      thrown = cause;
    }
  }

  boolean isGood() {
    return refusal.isEmpty();
  }

  Path path() {
    return path;
  }

  String file() {
    return String.valueOf(path.getFileName());
  }

  /** Whether it is known to be a module, whatever else is wrong with it. */
  boolean isModule() {
    return reference != null;
  }

  ModuleReference reference() {
    return Objects.requireNonNull(reference);
  }

  ModuleDescriptor descriptor() {
    return reference().descriptor();
  }

  String module() {
    return descriptor().name();
  }

  PluginFolder.Refused refused() {
    ModuleReference known = reference;
    return new PluginFolder.Refused(
        path,
        known == null ? file() : known.descriptor().name(),
        known == null ? "" : known.descriptor().rawVersion().orElse(""),
        refusal,
        thrown);
  }
}
