package fluxion.tests.plugins;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** A jar that is being put together: what a build would write, and what no build would. */
final class Jar {
  private final Map<String, byte[]> entries = new TreeMap<>();

  /** Begins with nothing in it. */
  static Jar empty() {
    return new Jar();
  }

  /** Begins with the files of a folder of classes, or of another jar's. */
  static Jar of(Path classes) {
    Jar jar = new Jar();
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = classes.relativize(file).toString().replace('\\', '/');
        jar.entries.put(name, Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return jar;
  }

  /** Adds a file, or replaces it. */
  Jar with(String name, byte[] content) {
    entries.put(name, content);
    return this;
  }

  /** Leaves a file out. */
  Jar without(String name) {
    entries.remove(name);
    return this;
  }

  /** Changes a file. */
  Jar change(String name, UnaryOperator<byte[]> change) {
    entries.put(name, change.apply(entries.get(name)));
    return this;
  }

  /** Writes the jar. */
  Path write(Path path) {
    try (OutputStream file = Files.newOutputStream(path);
        JarOutputStream out = new JarOutputStream(file)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        out.putNextEntry(new JarEntry(entry.getKey()));
        out.write(entry.getValue());
        out.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return path;
  }
}
