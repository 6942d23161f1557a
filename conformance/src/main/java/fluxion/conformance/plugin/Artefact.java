package fluxion.conformance.plugin;

import fluxion.conformance.suite.NotRun;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.InvalidModuleDescriptorException;
import java.lang.module.ModuleDescriptor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of a plugin as they are published, in a jar, or as a build leaves them, in a folder.
 */
final class Artefact {
  static final String SERVICES = "META-INF/services/";
  static final String MODULE = "module-info.class";

  private final Path path;
  private final boolean jar;

  private Artefact(Path path) {
    this.path = path;
    this.jar = Files.isRegularFile(path);
  }

  /**
   * The files of a plugin.
   *
   * @throws NotRun if it is not known where they are
   */
  static Artefact of(PluginSubject subject) {
    Path path = subject.path();
    if (path == null || !Files.exists(path)) {
      throw NotRun.because("it is not known where the classes of " + subject.name() + " lie");
    }
    return new Artefact(path);
  }

  /**
   * The jar of a plugin.
   *
   * @throws NotRun if there is none
   */
  static Artefact jarOf(PluginSubject subject) {
    Artefact artefact = of(subject);
    if (!artefact.jar) {
      throw NotRun.because(
          artefact.file() + " is a folder of classes, and this is about what is published: a jar");
    }
    return artefact;
  }

  boolean isJar() {
    return jar;
  }

  /** Its name, without the folder that it lies in. */
  String file() {
    return String.valueOf(path.getFileName());
  }

  /** The names of all files, folders left out. */
  Set<String> entries() {
    try {
      if (jar) {
        try (JarFile file = new JarFile(path.toFile())) {
          return file.stream()
              .filter(entry -> !entry.isDirectory())
              .map(JarEntry::getName)
              .collect(Collectors.toCollection(TreeSet::new));
        }
      }
      try (Stream<Path> files = Files.walk(path)) {
        return files
            .filter(Files::isRegularFile)
            .map(file -> path.relativize(file).toString().replace('\\', '/'))
            .collect(Collectors.toCollection(TreeSet::new));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The names of the class files that every release of Java sees, descriptors left out. */
  Set<String> classes() {
    return entries().stream()
        .filter(name -> name.endsWith(".class") && !name.startsWith("META-INF/"))
        .filter(name -> !name.equals(MODULE))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The packages that have classes; the unnamed one is the empty text. */
  Set<String> packages() {
    return classes().stream()
        .map(name -> name.substring(0, Math.max(name.lastIndexOf('/'), 0)).replace('/', '.'))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The content of a file; null if there is none of that name. */
  byte @Nullable [] read(String name) {
    try {
      if (jar) {
        try (JarFile file = new JarFile(path.toFile())) {
          JarEntry entry = file.getJarEntry(name);
          return entry == null ? null : bytes(file, entry);
        }
      }
      Path file = path.resolve(name);
      return Files.isRegularFile(file) ? Files.readAllBytes(file) : null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(JarFile file, JarEntry entry) throws IOException {
    try (InputStream in = file.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }

  /**
   * The module's descriptor.
   *
   * @throws AssertionError if there is none, or it cannot be read
   */
  ModuleDescriptor descriptor() {
    byte[] bytes = read(MODULE);
    if (bytes == null) {
      throw new AssertionError(
          file()
              + " has no module-info.class, so that it is an automatic module at best: its name"
              + " is guessed from the file's, and jlink refuses it; add a module-info.java");
    }
    try {
      return ModuleDescriptor.read(new ByteArrayInputStream(bytes), this::packages);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InvalidModuleDescriptorException e) {
      throw new AssertionError(MODULE + " of " + file() + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** The manifest; an empty one if there is none. */
  Manifest manifest() {
    byte[] bytes = read(JarFile.MANIFEST_NAME);
    try {
      return bytes == null ? new Manifest() : new Manifest(new ByteArrayInputStream(bytes));
    } catch (IOException e) {
      throw new AssertionError("the manifest of " + file() + " cannot be read: " + e, e);
    }
  }

  /** What the files under META-INF/services list, by service. */
  Map<String, Set<String>> listedServices() {
    Map<String, Set<String>> listed = new TreeMap<>();
    for (String name : entries()) {
      byte[] bytes = name.startsWith(SERVICES) ? read(name) : null;
      if (bytes != null) {
        listed.put(
            name.substring(SERVICES.length()),
            new String(bytes, StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.replaceFirst("#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new)));
      }
    }
    return listed;
  }

  /** What the module's descriptor provides, by service. */
  Map<String, Set<String>> providedServices() {
    Map<String, Set<String>> provided = new TreeMap<>();
    for (ModuleDescriptor.Provides provides : descriptor().provides()) {
      provided.put(provides.service(), new TreeSet<>(provides.providers()));
    }
    return provided;
  }

  /** The name of a class's file. */
  static String entry(String className) {
    return className.replace('.', '/') + ".class";
  }
}
