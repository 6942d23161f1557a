package fluxion.tests.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.tests.plugins.Workshop;
import fluxion.tests.support.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command on plugins that misbehave: it ends with a report that says what happened. */
final class ConformanceCommandTest {
  private static final String COMMAND =
      "fluxion.conformance/fluxion.conformance.cli.ConformanceCommand";

  @TempDir Path folder;

  private String claim = "";
  private String page = "";

  private ChildJvm.Result run(String... options) throws IOException {
    Path report = folder.resolve("report");
    List<String> arguments = new ArrayList<>(Arrays.asList(options));
    arguments.addAll(List.of("--quick", "--report", report.toString()));
    ChildJvm.Result result =
        new ChildJvm(folder)
            .with("fluxion.api", "fluxion.engine", "fluxion.ops.basic", "fluxion.backend.cpu")
            .with("fluxion.conformance", "org.junit.jupiter.api", "org.opentest4j")
            .with("org.junit.platform.commons", "org.apiguardian.api")
            .run(COMMAND, arguments.toArray(String[]::new));
    if (Files.exists(report.resolve("claim.json"))) {
      claim = Files.readString(report.resolve("claim.json"));
      page = Files.readString(report.resolve("index.html"));
    }
    return result;
  }

  /** Judges one operator, whose forward has this body, by the rules about gradients. */
  private ChildJvm.Result judge(String forward, String... options) throws IOException {
    Path modules = Files.createDirectories(folder.resolve("modules"));
    new Workshop(modules)
        .make(
            Workshop.operators(
                "acme.odd",
                """
                record Odd() implements UnaryFunction {
                  public Tensor forward(Context ctx, Tensor x) { %s }
                  public Tensor backward(Context ctx, Tensor gradOutput) { return gradOutput; }
                }
                public List<Operator> operators() {
                  return List.of(
                      Operator.named("odd")
                          .overload("(Tensor self)", Call.Unary.class,
                              x -> fluxion.engine.spi.Functions.apply(new Odd(), x))
                          .samples(s -> List.of(Operator.sample(s.tensor(2, 3)))));
                }
                """
                    .formatted(forward)));
    List<String> all = new ArrayList<>(List.of("--module-path", modules.toString()));
    all.addAll(List.of("--rule", "F-20*"));
    all.addAll(Arrays.asList(options));
    return run(all.toArray(String[]::new));
  }

  private static String lastLine(ChildJvm.Result result) {
    return result.out().lines().reduce("", (before, line) -> line);
  }

  private static void assertContains(String part, String text) {
    assertTrue(text.contains(part), text);
  }

  private void assertFailed(ChildJvm.Result result) {
    assertEquals(1, result.exitCode(), result.err());
    assertTrue(
        lastLine(result).matches("\\d+ passed, [1-9]\\d* failed, \\d+ skipped"), result.out());
    assertContains("\"verdict\": \"FAIL\"", claim);
    assertContains("acme.odd", claim);
  }

  @Test
  void a_plugin_that_keeps_the_rules_passes_though_it_prints() throws IOException {
    ChildJvm.Result result = judge("System.out.println(\"{}\"); return x.mul(1);");
    assertEquals(0, result.exitCode(), result.err());
    assertTrue(lastLine(result).matches("[1-9]\\d* passed, 0 failed, \\d+ skipped"), result.out());
    assertTrue(result.out().lines().toList().contains("acme.odd 1.0: 1 operator"), result.out());
    assertContains("\"only rules F-20*\"", claim);
  }

  @Test
  void a_plugin_that_exits_fails_and_the_report_says_how() throws IOException {
    ChildJvm.Result result =
        judge("System.err.println(\"bye\"); System.exit(0); return x;", "--rule", "F-201");
    assertFailed(result);
    assertContains(
        "the JVM that ran it ended with exit code 0; the last it printed was", result.err());
    assertContains("bye", page);
    assertContains("\"id\": \"F-201\"", claim);
  }

  @Test
  void a_device_that_is_not_there_is_named_with_those_that_are() throws IOException {
    ChildJvm.Result result = run("--backend", "npu");
    assertEquals(2, result.exitCode());
    assertEquals(
        "fluxion conformance: --backend: no plugin offers the device 'npu'; there are: cpu",
        result.errors());
    assertFalse(Files.exists(folder.resolve("report/claim.json")));
  }

  @Test
  @Tag("full")
  void a_plugin_that_hangs_is_given_up_after_the_limit() throws IOException {
    ChildJvm.Result result = judge("while (true) { Thread.onSpinWait(); }", "--limit", "5");
    assertFailed(result);
    assertContains("within 5 s", page);
  }

  @Test
  @Tag("full")
  void a_plugin_that_allocates_without_end_fails() throws IOException {
    ChildJvm.Result result =
        judge(
            "var all = new java.util.ArrayList<long[]>();"
                + " while (true) { all.add(new long[1 << 20]); }",
            "--heap",
            "128");
    assertFailed(result);
    assertContains("OutOfMemoryError", page);
  }

  @Test
  @Tag("full")
  void a_plugin_that_throws_errors_or_gives_nothing_fails_by_name() throws IOException {
    assertFailed(judge("throw new UnknownError(\"odd\");"));
    assertContains("UnknownError", page);
    assertFailed(judge("return null;"));
    assertFailed(judge("return x.sum();"));
  }

  @Test
  @Tag("full")
  void a_plugin_that_exits_while_it_is_made_fails_the_rule_that_asks_for_it() throws IOException {
    Path modules = Files.createDirectories(folder.resolve("modules"));
    new Workshop(modules)
        .make(Workshop.operators("acme.odd", "public Functions() { System.exit(7); }"));
    ChildJvm.Result result = run("--module-path", modules.toString(), "--rule", "F-1*");
    assertEquals(1, result.exitCode());
    assertContains("exit code 7", page);
    assertContains("\"id\": \"P-000\"", claim);
  }

  @Test
  @Tag("full")
  void a_device_that_ends_the_jvm_while_it_is_fuzzed_fails_and_the_other_targets_go_on()
      throws IOException {
    Path modules = Files.createDirectories(folder.resolve("modules"));
    new Workshop(modules)
        .make(
            Workshop.Sources.of(
                    "acme.odd",
                    """
                    requires fluxion.engine;
                    provides fluxion.engine.spi.BackendProvider with acme.odd.Odd;
                    """)
                .file(
                    "acme.odd.Odd",
                    """
                    package acme.odd;

                    import fluxion.api.Device;
                    import fluxion.engine.spi.*;
                    import java.util.List;

                    public final class Odd implements BackendProvider {
                      public int spiVersion() { return SpiVersion.CURRENT; }
                      public String name() { return "odd"; }
                      public List<Device> devices() { return List.of(Device.of("odd")); }
                      public Backend open(Device device) {
                        Runtime.getRuntime().halt(5);
                        return null;
                      }
                    }
                    """));
    ChildJvm.Result result = run("--module-path", modules.toString(), "--fuzz", "1");
    assertEquals(1, result.exitCode(), result.err());
    assertContains("FAIL X-001 odd: programs", result.err());
    assertContains("the JVM that ran it ended with exit code 5", page);
    assertContains("PASS X-006 odd: signatures", result.err());
    assertContains("\"id\": \"X-001\"", claim);
    assertContains("\"only fuzzing, no rules\"", claim);
    assertFalse(claim.contains("\"id\": \"B-101\""), claim);
  }
}
