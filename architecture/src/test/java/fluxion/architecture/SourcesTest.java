package fluxion.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Habits of the sources that no compiler checks. */
final class SourcesTest {
  private static final int MOST_LINES = 800;

  @ParameterizedTest
  @MethodSource("fluxion.architecture.House#modules")
  void a_package_says_what_it_is_about(House.Module module) {
    Set<String> silent = new TreeSet<>();
    for (Path file : House.files(module.directory().resolve("src/main/java"), ".java")) {
      Path room = file.getParent();
      if (!file.endsWith("module-info.java") && !Files.exists(room.resolve("package-info.java"))) {
        silent.add(House.ROOT.relativize(room).toString());
      }
    }
    assertEquals(Set.of(), silent, "packages without package-info.java");
  }

  @Test
  void no_source_file_is_long() throws IOException {
    Set<String> tooLong = new TreeSet<>();
    for (Path file : House.files(House.ROOT, ".java")) {
      try (var lines = Files.lines(file)) {
        long count = lines.count();
        if (count > MOST_LINES) {
          tooLong.add(House.ROOT.relativize(file) + ": " + count);
        }
      }
    }
    assertEquals(Set.of(), tooLong, "files of more than " + MOST_LINES + " lines");
  }

  @Test
  void the_house_knows_every_module_of_the_build() throws IOException {
    // what is on the class path, tests alone, or has no sources
    Set<String> known =
        new TreeSet<>(
            List.of(
                "archetypes",
                "architecture",
                "bom",
                "examples/benchmarks",
                "fuzz-tests",
                "integration-tests",
                "osgi-tests"));
    House.modules().forEach(module -> known.add(module.folder()));
    Set<String> built = new TreeSet<>();
    for (String line : Files.readAllLines(House.ROOT.resolve("pom.xml"))) {
      if (line.strip().startsWith("<module>")) {
        built.add(line.strip().replaceAll("</?module>", ""));
      }
    }
    assertEquals(built, known);
  }
}
