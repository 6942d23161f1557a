package fluxion.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Jars in folders. */
final class Jars {
  private Jars() {}

  /** The jars of a folder whose file names pass. */
  static List<Path> in(Path folder, Predicate<String> names) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".jar"))
          .filter(file -> names.test(file.getFileName().toString()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static double bytes(List<Path> jars) throws IOException {
    double sum = 0;
    for (Path jar : jars) {
      sum += Files.size(jar);
    }
    return sum;
  }
}
