package fluxion.tests.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.conformance.BackendConformance;
import fluxion.conformance.Suites;
import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Follows docs/backend-vendors.md to the letter. That it ends at the sample in {@code examples},
 * whose own build holds it to all rules, is checked here; so is what the page says of a failure.
 */
class BackendVendorsTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path SAMPLE = ROOT.resolve("examples/vendor-backend");

  @TempDir Path folder;
  private Guide guide;
  private Path project;

  @BeforeEach
  void write_the_files_and_copy_the_rest() throws Exception {
    guide = Guide.read("backend-vendors.md");
    project = folder.resolve("acme-device");
    guide.write(project);
    Files.createSymbolicLink(folder.resolve("fluxion"), ROOT);
    guide.run("copy the rest", project);
    Files.delete(folder.resolve("fluxion"));
  }

  @Test
  void the_page_ends_at_the_sample() throws IOException {
    List<Path> written = files(project);
    for (Path file : written) {
      assertEquals(
          Files.readString(SAMPLE.resolve(file)),
          Files.readString(project.resolve(file)),
          file.toString());
    }
    List<Path> main = files(SAMPLE).stream().filter(f -> f.startsWith("src/main")).toList();
    assertTrue(written.containsAll(main), main + " are all made, but only " + written);
  }

  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> paths = Files.walk(root)) {
      return paths
          .filter(Files::isRegularFile)
          .map(root::relativize)
          .filter(path -> !path.startsWith("target"))
          .sorted()
          .toList();
    }
  }

  @Test
  void a_mistake_is_shown_as_the_page_shows_it() throws Exception {
    guide.run("break it", project);
    try (URLClassLoader classes = Guide.compileTests(project, folder.resolve("classes"))) {
      BackendConformance test =
          Guide.instance(classes, "acme.device.AcmeBackendTest", BackendConformance.class);
      guide.requirePrinted(
          "B-111", settings -> Suites.of(test.provider(), settings), test.settings());
    }
  }
}
