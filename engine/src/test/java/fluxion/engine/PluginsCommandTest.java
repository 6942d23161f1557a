package fluxion.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.Plugin;
import fluxion.api.Selection;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code plugins} and its table. */
final class PluginsCommandTest {
  private static final Plugin ENGINE =
      new Plugin(
          Plugin.Kind.ENGINE, "engine", "fluxion.engine", "1.2", "", List.of("to", "clone"), "");
  private static final Plugin BACKEND =
      new Plugin(Plugin.Kind.BACKEND, "cpu", "fluxion.backend.cpu", "1.2", "", List.of("cpu"), "");
  private static final Plugin OPERATORS =
      new Plugin(Plugin.Kind.OPERATORS, "ops", "acme.ops", "0.9", "", List.of("twist"), "");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... args) {
    return PluginsCommand.run(
        List.of(args),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  @Test
  void the_engine_alone_is_listed_with_what_is_missing() {
    assertEquals(0, run());
    String text = out.toString(StandardCharsets.UTF_8);
    assertTrue(text.contains("fluxion.engine"), text);
    assertTrue(text.contains("No operators but the engine's own"), text);
    assertTrue(text.contains("No backend: no module on the path provides a device"), text);
    assertEquals("", err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void the_names_of_operators_are_listed_on_demand() {
    assertEquals(0, run("--operators"));
    assertTrue(out.toString(StandardCharsets.UTF_8).contains("  clone, contiguous, copy_"));
  }

  @Test
  void help_says_what_there_is() {
    assertEquals(0, run("--help"));
    assertTrue(out.toString(StandardCharsets.UTF_8).startsWith("usage: fluxion plugins"));
  }

  @Test
  void an_unknown_option_is_one_line_and_exit_code_2() {
    assertEquals(2, run("--everything"));
    assertEquals(
        "fluxion plugins: unknown option '--everything' (see --help)",
        err.toString(StandardCharsets.UTF_8).strip());
    assertEquals("", out.toString(StandardCharsets.UTF_8));
  }

  @Test
  void json_has_every_plugin_with_its_place_and_every_name_with_who_serves_it() {
    assertEquals(
        """
        {
          "plugins": [
            {"kind": "operators", "name": "ops", "module": "acme.ops", "version": "0.9", \
        "location": "", "offers": ["twist"], "refusal": ""}
          ],
          "selections": [
            {"kind": "operators", "name": "twist", "module": "", "candidates": ["a", "b"], \
        "reason": "say \\"a\\"\\u000aor b"}
          ]
        }
        """,
        PluginsJson.of(
            List.of(OPERATORS),
            List.of(
                new Selection(
                    Plugin.Kind.OPERATORS, "twist", "", List.of("a", "b"), "say \"a\"\nor b"))));
    assertEquals(0, run("--json"));
    assertTrue(out.toString(StandardCharsets.UTF_8).contains("\"name\": \"clone\""));
  }

  @Test
  void an_option_without_its_directory_is_one_line_and_exit_code_2() {
    assertEquals(2, run("--load"));
    assertEquals(
        "fluxion plugins: --load needs a directory (see --help)",
        err.toString(StandardCharsets.UTF_8).strip());
  }

  @Test
  void a_lock_file_is_written_for_a_directory(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("b.jar"), "abc");
    Files.writeString(folder.resolve("readme.txt"), "no jar");
    assertEquals(0, run("--lock", folder.toString()));
    assertEquals(
        folder.resolve("fluxion.lock") + ": 1 jar", out.toString(StandardCharsets.UTF_8).strip());
    // the digest of "abc" is the first example of FIPS 180-2
    assertEquals(
        List.of("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  b.jar"),
        Files.readAllLines(folder.resolve("fluxion.lock")).subList(1, 2));
    Path nowhere = folder.resolve("nowhere");
    assertEquals(1, run("--lock", nowhere.toString()));
    assertEquals(
        "fluxion plugins: there is no folder " + nowhere + " whose jars could be locked",
        err.toString(StandardCharsets.UTF_8).strip());
  }

  @Test
  void who_serves_an_accelerator_is_said_with_the_reason() {
    Selection served =
        new Selection(
            Plugin.Kind.ACCELERATORS, "Softmax@cpu", "acme.fast", List.of("acme.fast"), "why");
    assertTrue(
        PluginReport.of(List.of(ENGINE), List.of(served), false)
            .contains("Accelerators:\n  Softmax@cpu is served by acme.fast\n    why\n"));
  }

  @Test
  void modules_stand_in_a_table() {
    assertEquals(
        """
        Module               Version  Operators  Devices
        -------------------  -------  ---------  -------
        acme.ops             0.9              1  -
        fluxion.backend.cpu  1.2              -  cpu
        fluxion.engine       1.2              2  -

        3 operators, 1 device, nothing refused (--operators lists the names)
        """,
        PluginReport.of(List.of(ENGINE, BACKEND, OPERATORS), List.of(), false));
  }

  @Test
  void refusals_follow_with_their_reasons_in_80_columns() {
    Plugin broken =
        new Plugin(
            Plugin.Kind.OPERATORS,
            "acme.broken.Functions",
            "acme.broken",
            "2.0",
            "/plugins/broken.jar",
            List.of(),
            "was compiled for version 7 of the SPI, and this engine speaks version 2; use a release"
                + " of the plugin for version 1");
    assertEquals(
        """
        Module               Version  Operators  Devices
        -------------------  -------  ---------  -------
        acme.broken          2.0        refused  -
        acme.ops             0.9              1  -
        fluxion.backend.cpu  1.2              -  cpu
        fluxion.engine       1.2              2  -

        Refused:
          acme.broken 2.0 (acme.broken.Functions)
            was compiled for version 7 of the SPI, and this engine speaks version 2; use
            a release of the plugin for version 1

        3 operators, 1 device, 1 refused (--operators lists the names)
        """,
        PluginReport.of(List.of(ENGINE, BACKEND, OPERATORS, broken), List.of(), false));
  }
}
