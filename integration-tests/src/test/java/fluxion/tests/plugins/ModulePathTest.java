package fluxion.tests.plugins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.tests.support.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs on a module path from which something is missing, or on which something is wrong. */
final class ModulePathTest {
  private static final String PLUGINS = "fluxion.engine/fluxion.engine.PluginsCommand";
  private static final String PROGRAM = "tiny/tiny.Main";

  @TempDir Path folder;

  private Workshop workshop;
  private ChildJvm jvm;

  @BeforeEach
  void begin_with_an_empty_path() {
    workshop = new Workshop(folder);
    jvm = new ChildJvm(folder);
  }

  /** A program that calls operators by name and knows no module but the API. */
  private Path program() {
    return workshop.make(
        Workshop.Sources.of("tiny", "requires fluxion.api;")
            .file(
                "tiny.Main",
                """
                package tiny;
                import fluxion.api.*;
                public final class Main {
                  public static void main(String[] names) {
                    try {
                      Tensor x = Tensors.tensor(4.0).requiresGrad_(true);
                      for (String name : names) {
                        Tensor y = Ops.call(name, x);
                        y.backward();
                        System.out.println(name + ": " + y.item() + ", " + x.grad().item());
                      }
                    } catch (FluxionException e) {
                      System.err.println(e.getClass().getSimpleName() + ": " + e.getMessage());
                      System.exit(3);
                    }
                  }
                }
                """));
  }

  private static void assertFailed(int exitCode, String errors, ChildJvm.Result result) {
    assertEquals(errors, result.errors());
    assertEquals(exitCode, result.exitCode());
    assertEquals("", result.out());
  }

  private static void assertContains(String part, String text) {
    assertTrue(text.contains(part), text);
  }

  // ---- nothing is missing

  @Test
  void plugins_lists_all_modules_in_80_columns() {
    ChildJvm.Result result =
        jvm.with("fluxion.api", "fluxion.engine", "fluxion.ops.basic", "fluxion.ops.nn")
            .with("fluxion.backend.cpu")
            .run(PLUGINS, "--operators");
    assertEquals(0, result.exitCode());
    assertEquals("", result.errors());
    for (String part :
        new String[] {
          "Module  ", "fluxion.backend.cpu ", "fluxion.ops.nn ", "cross_entropy", "nothing refused"
        }) {
      assertContains(part, result.out());
    }
    assertTrue(result.out().lines().allMatch(line -> line.length() <= 80), result.out());
  }

  @Test
  void an_operator_on_the_path_serves_a_program_that_was_never_compiled_against_it() {
    workshop.make(Workshop.scaling("acme.good", "acme_triple", 3));
    ChildJvm.Result result =
        jvm.with("fluxion.api", "fluxion.engine", "fluxion.ops.basic", "fluxion.backend.cpu")
            .with(folder.resolve("acme.good"))
            .with(program())
            .run(PROGRAM, "acme_triple");
    assertEquals("", result.errors());
    assertEquals("acme_triple: 12.0, 3.0", result.out().strip());
  }

  // ---- something is missing

  @Test
  void without_ops_nn_the_basic_operators_work_and_a_missing_one_is_named() {
    ChildJvm.Result result =
        jvm.with("fluxion.api", "fluxion.engine", "fluxion.ops.basic", "fluxion.backend.cpu")
            .with(program())
            .run(PROGRAM, "sqrt", "relu");
    assertEquals(3, result.exitCode());
    assertEquals("sqrt: 2.0, 0.25", result.out().strip());
    assertTrue(
        result
            .errors()
            .matches(
                "PluginException: operator 'relu' is missing: no module on the path provides it\\."
                    + " There are: fluxion\\.engine \\(\\d+ operators\\), fluxion\\.ops\\.basic"
                    + " \\(\\d+ operators\\)\\. Add the jar of a module that provides it to the"
                    + " module path\\."),
        result.errors());

    ChildJvm.Result plugins = jvm.run(PLUGINS);
    assertEquals(0, plugins.exitCode());
    assertContains("fluxion.ops.basic", plugins.out());
    assertTrue(!plugins.out().contains("fluxion.ops.nn"), plugins.out());
  }

  @Test
  void without_a_backend_a_tensor_cannot_be_made_and_plugins_says_so() {
    jvm.with("fluxion.api", "fluxion.engine", "fluxion.ops.basic").with(program());
    assertFailed(
        3,
        "DeviceException: device 'cpu' is not there: no module on the path provides a device. Add"
            + " the jar of a backend to the module path.",
        jvm.run(PROGRAM, "sqrt"));
    ChildJvm.Result plugins = jvm.run(PLUGINS);
    assertEquals(0, plugins.exitCode());
    assertContains("No backend: no module on the path provides a device", plugins.out());
  }

  @Test
  void without_operators_plugins_says_so_and_a_call_says_what_is_missing() {
    jvm.with("fluxion.api", "fluxion.engine", "fluxion.backend.cpu").with(program());
    ChildJvm.Result result = jvm.run(PROGRAM, "sqrt");
    assertEquals(3, result.exitCode());
    assertContains(
        "PluginException: operator 'sqrt' is missing: no module on the path provides it."
            + " There are: fluxion.engine (",
        result.errors());
    ChildJvm.Result plugins = jvm.run(PLUGINS);
    assertEquals(0, plugins.exitCode());
    assertContains("No operators but the engine's own", plugins.out());
  }

  @Test
  void without_an_engine_a_program_says_which_jar_is_missing() {
    assertFailed(
        3,
        "PluginException: no engine: no module on the path provides fluxion.api.spi.EngineProvider;"
            + " add the jar of fluxion.engine to the module path (in an OSGi container, start the"
            + " bundle fluxion.engine)",
        jvm.with("fluxion.api").with(program()).run(PROGRAM, "sqrt"));
  }

  // ---- something is wrong

  private static void assertLaunched(int exitCode, String output, String... arguments)
      throws Exception {
    List<String> call = new ArrayList<>(List.of("sh", "../fluxion"));
    call.addAll(List.of(arguments));
    Process process = new ProcessBuilder(call).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String found =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertEquals(exitCode, process.waitFor());
    assertEquals(output, found);
  }

  @Test
  void without_an_engine_the_launcher_says_in_a_line_what_is_missing(@TempDir Path empty)
      throws Exception {
    String path = empty.toString();
    String problem =
        "fluxion: 'plugins' cannot run: Module fluxion.engine not found; the module path is "
            + path
            + "\n";
    assertLaunched(1, problem, "--module-path", path, "plugins");
    assertLaunched(1, problem, "plugins", "--json", "--module-path", path);
  }

  @Test
  void the_launcher_starts_nothing_on_jars_that_are_not_as_the_lock_file_says(@TempDir Path modules)
      throws Exception {
    Files.writeString(modules.resolve("acme.jar"), "changed");
    Path lock = modules.resolve("fluxion.lock");
    Files.writeString(lock, "# a comment\n" + "0".repeat(64) + "  acme.jar\n");
    String again =
        "; nothing was started. If that is meant, write it again with fluxion plugins --lock "
            + modules
            + "\n";
    assertLaunched(
        1,
        "fluxion: acme.jar has changed since " + lock + " was written" + again,
        "--module-path",
        modules.toString(),
        "plugins");
    Files.writeString(modules.resolve("more.jar"), "");
    Files.delete(modules.resolve("acme.jar"));
    assertLaunched(
        1,
        "fluxion: acme.jar stands in " + lock + " and is not there" + again,
        "plugins",
        "--module-path",
        modules.toString());
    Files.writeString(lock, "");
    assertLaunched(
        1,
        "fluxion: more.jar is not in " + lock + again,
        "plugins",
        "--module-path",
        modules.toString());
  }

  @Test
  void a_plugin_that_fails_is_listed_as_refused_and_the_rest_works() {
    Path broken =
        workshop.make(
            Workshop.operators(
                "acme.broken",
                "public Functions() { throw new IllegalStateException(\"no licence\"); }"));
    jvm.with("fluxion.api", "fluxion.engine", "fluxion.ops.basic", "fluxion.backend.cpu")
        .with(broken)
        .with(program());
    ChildJvm.Result plugins = jvm.run(PLUGINS);
    assertEquals(0, plugins.exitCode());
    assertContains(
        """
        Refused:
          acme.broken 1.0 (acme.broken.Functions)
            IllegalStateException: no licence
        """,
        plugins.out());
    assertTrue(!plugins.out().contains("\tat "), plugins.out());
    assertContains("\tat acme.broken", jvm.run(PLUGINS, "--verbose").out());
    assertEquals("sqrt: 2.0, 0.25", jvm.run(PROGRAM, "sqrt").out().strip());
    assertContains(
        "Refused: acme.broken 1.0 (IllegalStateException: no licence).",
        jvm.run(PROGRAM, "acme_broken").errors());
  }

  @Test
  void a_provider_that_uses_tensors_while_it_is_made_is_refused_with_the_rule() {
    Path eager =
        workshop.make(
            Workshop.operators("acme.eager", "static final Tensor ONE = Tensors.ones(1);"));
    assertContains(
        "plugins are being looked for; a provider must not make tensors",
        jvm.with("fluxion.api", "fluxion.engine", "fluxion.backend.cpu")
            .with(eager)
            .run(PLUGINS)
            .out());
  }

  @Test
  void the_property_chooses_between_modules_that_offer_one_name() {
    Path rival = workshop.make(Workshop.scaling("acme.rival", "sqrt", 100));
    jvm.with("fluxion.api", "fluxion.engine", "fluxion.ops.basic", "fluxion.backend.cpu")
        .with(rival)
        .with(program());
    ChildJvm.Result clash = jvm.run(PROGRAM, "sqrt");
    assertEquals(3, clash.exitCode());
    assertContains("acme.rival", clash.errors());
    assertContains("fluxion.ops.basic", clash.errors());
    assertContains("-Dfluxion.prefer=sqrt=", clash.errors());
    assertEquals(
        "sqrt: 400.0, 100.0",
        jvm.option("-Dfluxion.prefer=sqrt=acme.rival").run(PROGRAM, "sqrt").out().strip());
  }

  @Test
  void what_plugins_does_not_understand_is_one_line() {
    jvm.with("fluxion.api", "fluxion.engine");
    assertFailed(
        2, "fluxion plugins: unknown option '--colour' (see --help)", jvm.run(PLUGINS, "--colour"));
    assertFailed(
        2, "fluxion plugins: unknown argument 'all' (see --help)", jvm.run(PLUGINS, "all"));
    assertFailed(
        1,
        "fluxion plugins: -Dfluxion.prefer=sqrt: expected name=module, got 'sqrt'",
        jvm.option("-Dfluxion.prefer=sqrt").run(PLUGINS));
  }
}
