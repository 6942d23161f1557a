package fluxion.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that the launcher does itself, on the published jars. */
@Tag("full")
final class LauncherTest {
  private static final int SECONDS = 300;
  private static final double MOST_MEGABYTES = 60;

  @TempDir Path folder;

  /** What a program left behind; the error stream is in the output. */
  private record Result(int status, String output) {}

  private Result run(boolean bare, List<String> call) throws IOException, InterruptedException {
    Path output = Files.createTempFile(folder, "output", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(call).redirectErrorStream(true).redirectOutput(output.toFile());
    if (bare) {
      builder.environment().clear();
    }
    Process process = builder.start();
    process.getOutputStream().close();
    boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertTrue(ended, () -> "still running after " + SECONDS + " s: " + call);
    String text =
        Files.readString(output, StandardCharsets.UTF_8)
            .lines()
            .filter(line -> !line.contains("incubator modules"))
            .collect(Collectors.joining("\n"));
    return new Result(process.exitValue(), text);
  }

  private Result fluxion(String... arguments) throws IOException, InterruptedException {
    String jars =
        House.modules().stream()
            .filter(module -> module != House.CONFORMANCE && module != House.BACKEND_GPU)
            .map(module -> module.jar().toString())
            .collect(Collectors.joining(File.pathSeparator));
    List<String> call = new ArrayList<>(List.of("sh", House.ROOT.resolve("fluxion").toString()));
    call.addAll(List.of("--module-path", jars));
    call.addAll(List.of(arguments));
    return run(false, call);
  }

  private static double megabytes(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum()
          / 1e6;
    }
  }

  @Test
  void an_image_trains_with_an_empty_environment() throws Exception {
    Path image = folder.resolve("image");
    Result made = fluxion("image", "--output", image.toString());
    assertEquals(0, made.status(), made.output());
    String program = image.resolve("bin/fluxion").toString();
    Result trained = run(true, List.of(program, "train", "--epochs", "1"));
    assertEquals(0, trained.status(), trained.output());
    assertTrue(trained.output().contains("test accuracy"), trained.output());
    Result unknown = run(true, List.of(program, "fly"));
    assertEquals(2, unknown.status());
    assertEquals("fluxion: no command 'fly' in this image (see --help)", unknown.output().strip());
    // the same place again, and a place that is no image
    assertEquals(1, fluxion("image", "--output", folder.toString()).status());
    assertTrue(Files.exists(image.resolve("bin/fluxion")));
  }

  @Test
  void a_small_image_lists_its_plugins() throws Exception {
    Path image = folder.resolve("small");
    Result made =
        fluxion("image", "--with", "backend-cpu", "--strip", "--output", image.toString());
    assertEquals(0, made.status(), made.output());
    double size = megabytes(image);
    assertTrue(size < MOST_MEGABYTES, size + " MB");
    Result plugins = run(true, List.of(image.resolve("bin/fluxion").toString(), "plugins"));
    assertEquals(0, plugins.status(), plugins.output());
    assertTrue(plugins.output().contains("nothing refused"), plugins.output());
    assertFalse(plugins.output().contains("fluxion.ops.nn"), plugins.output());
  }

  @Test
  void a_script_prints_what_it_shows_and_fails_at_its_first_error() throws Exception {
    Path example = House.ROOT.resolve("examples/shell");
    Result shown = fluxion("shell", example.resolve("gradients.jsh").toString());
    assertEquals(0, shown.status(), shown.output());
    assertEquals(
        Files.readString(example.resolve("gradients.txt")).strip(), shown.output().strip());
    Path script = folder.resolve("broken.jsh");
    Files.writeString(script, "1 + 1\ntensor(1, 2)\n    .add(tensor(1, 2, 3))\n4\n");
    Result broken = fluxion("shell", script.toString());
    assertEquals(1, broken.status());
    assertTrue(
        broken.output().startsWith("2\n" + script + ":2: fluxion.api.ShapeException: "),
        broken.output());
    assertFalse(broken.output().endsWith("\n4"), broken.output());
  }

  @Test
  void a_new_project_has_all_its_files_under_its_own_name() throws Exception {
    for (String kind : List.of("operator", "backend")) {
      Path project = folder.resolve(kind);
      Result made = fluxion("new", kind, "my.thing", project.toString());
      assertEquals(0, made.status(), made.output());
      for (String file : List.of("pom.xml", "bnd.bnd", "README.md")) {
        assertTrue(Files.exists(project.resolve(file)), file);
      }
      try (Stream<Path> files = Files.walk(project)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          String text = file + "\n" + Files.readString(file);
          assertFalse(text.toLowerCase(java.util.Locale.ROOT).contains("acme"), text);
        }
      }
      assertEquals(1, fluxion("new", kind, "my.thing", project.toString()).status());
    }
    Path file = Files.writeString(folder.resolve("file"), "");
    Result blocked = fluxion("new", "operator", "my.thing", file.resolve("below").toString());
    assertEquals(1, blocked.status());
    assertTrue(blocked.output().startsWith("fluxion: "), blocked.output());
    assertFalse(blocked.output().contains("\tat "), blocked.output());
    Result taken = fluxion("new", "operator", "my.gelu", folder.resolve("gelu").toString());
    assertEquals(
        "fluxion new: 'gelu' is an operator of Fluxion already; choose another name",
        taken.output().strip());
  }
}
