package fluxion.tests.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.conformance.BackendConformance;
import fluxion.conformance.Suites;
import fluxion.conformance.Verdict;
import fluxion.conformance.suite.Check;
import fluxion.conformance.suite.Result;
import fluxion.conformance.suite.Runner;
import fluxion.conformance.suite.Settings;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
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
    run("copy the rest");
  }

  private void run(String block) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("sh", "-e", "-c", guide.block("run: " + block))
            .directory(project.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
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
    run("break it");
    try (URLClassLoader classes = Guide.compileTests(project, folder.resolve("classes"))) {
      Constructor<?> maker =
          classes.loadClass("acme.device.AcmeBackendTest").getDeclaredConstructor();
      maker.setAccessible(true);
      BackendConformance test = (BackendConformance) maker.newInstance();
      Settings settings = test.settings().withRules("B-111");
      for (Check check : Suites.of(test.provider(), settings)) {
        Result result = new Runner(settings).run(check);
        if (result.verdict().kind() == Verdict.Kind.FAIL) {
          assertEquals(
              guide.block("prints: B-111"), check.id() + "\n" + result.verdict().reason() + "\n");
          return;
        }
      }
      throw new AssertionError("no check of B-111 fails");
    }
  }
}
