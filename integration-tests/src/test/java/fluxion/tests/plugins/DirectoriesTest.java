package fluxion.tests.plugins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.LoadedPlugins;
import fluxion.api.Ops;
import fluxion.api.PluginException;
import fluxion.api.Plugins;
import fluxion.api.Tensors;
import fluxion.tests.support.Modules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directories of plugins that are missing, empty or vanish, and service files that are wrong. */
final class DirectoriesTest {
  @TempDir Path folder;

  @Test
  void a_directory_that_is_not_there_cannot_be_loaded() {
    Path nowhere = folder.resolve("nowhere");
    PluginException e = assertThrows(PluginException.class, () -> Plugins.load(nowhere));
    assertEquals("there is no folder " + nowhere + " to load plugins from", e.getMessage());
  }

  @Test
  void a_directory_without_jars_cannot_be_loaded(@TempDir Path empty) throws IOException {
    Files.writeString(empty.resolve("README.txt"), "nothing here");
    PluginException e = assertThrows(PluginException.class, () -> Plugins.load(empty));
    assertEquals("there is no module in " + empty + " to load: expected jars", e.getMessage());
  }

  @Test
  void a_directory_that_vanishes_after_it_was_loaded_takes_no_other_plugin_along()
      throws IOException {
    Workshop.Sources lazy =
        Workshop.operators(
            "acme.lazy",
            """
            public List<Operator> operators() {
              return List.of(Operator.named("acme_lazy")
                  .overload("(Tensor self)", Call.Unary.class, self -> Helper.help(self)));
            }
            """);
    lazy.file(
        "acme.lazy.Helper",
        """
        package acme.lazy;
        import fluxion.api.Tensor;
        final class Helper {
          static Tensor help(Tensor self) { return self; }
        }
        """);
    Path classes = folder.resolve("exploded");
    new Workshop(Files.createDirectory(classes)).make(lazy);
    try (LoadedPlugins plugins = Plugins.load(classes)) {
      assertFalse(plugins.list().isEmpty());
      try (Stream<Path> files = Files.walk(classes)) {
        for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
          Files.delete(file);
        }
      }
      PluginException e =
          assertThrows(PluginException.class, () -> Ops.call("acme_lazy", Tensors.ones(1)));
      assertEquals(
          "operator 'acme_lazy' of module acme.lazy failed: needs class acme.lazy.Helper, which is"
              + " not there (NoClassDefFoundError); add the jar that has it",
          e.getMessage());
      assertEquals(1.0, Tensors.ones(1).cos().cos().mul(0).add(1).item());
    }
  }

  @Test
  void of_a_service_file_that_names_a_missing_class_the_jar_is_named() throws Exception {
    Path jar =
        Jar.empty()
            .with(
                "META-INF/services/fluxion.engine.spi.FunctionProvider",
                "# no such class\nacme.Missing\n".getBytes(StandardCharsets.UTF_8))
            .write(folder.resolve("acme missing.jar"));
    List<String> path = new ArrayList<>(List.of(jar.toString()));
    Modules.paths("fluxion.api", "fluxion.engine").forEach(each -> path.add(each.toString()));
    // folders of classes have no service files; the engine's is written beside them
    Path services = Files.createDirectories(folder.resolve("services/META-INF/services"));
    Files.writeString(
        services.resolve("fluxion.api.spi.EngineProvider"), "fluxion.engine.DefaultEngine\n");
    if (Modules.paths("fluxion.engine").stream().allMatch(Files::isDirectory)) {
      path.add(folder.resolve("services").toString());
    }
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                String.join(java.io.File.pathSeparator, path),
                "fluxion.engine.PluginsCommand",
                "--json")
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    assertTrue(
        output.contains(
            "\"location\": \""
                + jar
                + "\", \"offers\": [], \"refusal\": \"Provider acme.Missing not found; the jar is"
                + " damaged"),
        output);
  }
}
