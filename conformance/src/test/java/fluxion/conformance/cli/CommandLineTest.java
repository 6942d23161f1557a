package fluxion.conformance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the command says before it runs anything. */
final class CommandLineTest {
  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... args) {
    return new ConformanceCommand(print(out), print(err), false).run(List.of(args));
  }

  private static PrintStream print(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private void assertRefused(String message, String... args) {
    err.reset();
    assertEquals(2, run(args));
    assertEquals("fluxion conformance: " + message, err.toString(StandardCharsets.UTF_8).strip());
    assertEquals("", out.toString(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--colour           | unknown option '--colour' (see --help)",
        "everything         | unknown argument 'everything' (see --help)",
        "--seed             | --seed needs a value (see --help)",
        "--seed=x           | --seed expects a whole number, not 'x'",
        "--profile=strict   | --profile is basic or tight, not 'strict'",
        "--limit=0          | --limit expects a whole number from 1 to 86400, not '0'",
        "--heap=1           | --heap expects a whole number from 64 to 1048576, not '1'",
        "--fuzz             | --fuzz needs a value (see --help)",
        "--fuzz=0           | --fuzz expects a whole number from 1 to 1440, not '0'",
        "--fuzz=1441        | --fuzz expects a whole number from 1 to 1440, not '1441'",
        "--fuzz=0.5         | --fuzz expects a whole number from 1 to 1440, not '0.5'",
        "--fuzz=x           | --fuzz expects a whole number from 1 to 1440, not 'x'",
        "--all=yes          | --all takes no value",
        "--rule=X-9*        | --rule: no rule matches 'X-9*'; --list prints them all",
        "--module-path=/no/ | --module-path: there is no '/no/'",
      })
  void what_it_does_not_understand_is_told_in_a_line(String option, String message) {
    assertRefused(message, option);
  }

  @Test
  void a_device_name_that_is_none_is_refused() {
    assertRefused(
        "--backend: 'gpu:x' is no device: expected a name and a number, such as gpu:1",
        "--backend",
        "gpu:x");
    assertRefused(
        "--backend judges one device and --all everything: give one", "--backend=cpu", "--all");
  }

  @Test
  void a_module_path_without_a_plugin_is_refused() {
    assertRefused(
        "--module-path: no module in ["
            + folder.toAbsolutePath()
            + "] provides fluxion.engine.spi.BackendProvider or FunctionProvider, so there is"
            + " nothing to judge",
        "--module-path=" + folder);
  }

  @Test
  void a_golden_folder_that_is_missing_or_empty_is_refused() {
    Path missing = folder.resolve("missing");
    assertRefused("--golden: there is no folder '" + missing + "'", "--golden=" + missing);
    assertRefused(
        "--golden: neither cases.jsonl nor errors.jsonl is in '" + folder + "' or below",
        "--golden=" + folder);
  }

  @Test
  void a_golden_folder_that_is_malformed_is_refused_with_the_file_and_the_place()
      throws IOException {
    Path deep = Files.createDirectories(folder.resolve("a/b"));
    Path file = Files.writeString(deep.resolve("errors.jsonl"), "{\"id\": 3");
    assertRefused(
        "--golden: " + file + " is malformed: at character 8: expected more, found the end",
        "--golden=" + folder);
    Files.delete(file);
    Path cases = Files.writeString(deep.resolve("cases.jsonl"), "{}");
    assertRefused(
        "--golden: " + deep.resolve("tensors.safetensors") + " is missing beside " + cases,
        "--golden=" + folder);
  }

  @Test
  void a_report_folder_that_cannot_be_written_is_refused_before_anything_runs() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    Path report = file.resolve("report");
    assertRefused(
        "--report: nothing can be written into '"
            + report
            + "' (FileSystemException: "
            + report
            + ": Not a directory)",
        "--report=" + report);
  }

  @Test
  void expected_failures_are_lines_with_a_pattern_and_a_reason() throws IOException {
    Path file = folder.resolve("expected");
    Files.writeString(file, "# known\n\nB-101 npu* = bug 7 = old\n");
    assertEquals(Map.of("B-101 npu*", "bug 7 = old"), ExpectedFailures.read(file.toString()));
    Files.writeString(file, "\nB-101\n");
    assertRefused(
        "--expect-failures: line 2 of '" + file + "' is not 'GLOB = REASON': 'B-101'",
        "--expect-failures=" + file);
  }

  @Test
  void verbose_adds_where_an_error_came_from() {
    assertEquals(2, run("--profile=x", "--verbose"));
    assertTrue(err.toString(StandardCharsets.UTF_8).contains("\tat fluxion.conformance"));
  }

  @Test
  void help_names_every_exit_code() {
    assertEquals(0, run("--help"));
    String help = out.toString(StandardCharsets.UTF_8);
    assertTrue(help.contains("exits with 0") && help.contains("1 if") && help.contains("and 2 if"));
    assertTrue(help.lines().allMatch(line -> line.length() <= 96), help);
  }

  @Test
  void list_prints_the_rules_that_are_asked_for() {
    assertEquals(0, run("--list", "--rule=P-10*"));
    List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
    assertTrue(!lines.isEmpty() && lines.stream().allMatch(line -> line.startsWith("P-10")));
  }

  @Test
  void fuzzing_alone_runs_no_rules() {
    Options fuzz = Options.parse(List.of("--fuzz", "3"));
    assertEquals(Optional.of(Duration.ofMinutes(3)), fuzz.fuzz());
    assertFalse(fuzz.wantsRules());
    assertEquals(List.of("only fuzzing, no rules"), Environment.limits(fuzz));
    assertEquals(3L, Environment.of(fuzz).get("fuzz_minutes"));
    assertTrue(Options.parse(List.of("--fuzz", "3", "--all")).wantsRules());
    assertTrue(Options.parse(List.of("--fuzz", "3", "--rule", "B-1*")).wantsRules());
    Options both = Options.parse(List.of("--fuzz=3", "--golden=cases"));
    assertEquals(List.of("only recorded cases and fuzzing, no rules"), Environment.limits(both));
    Options rules = Options.parse(List.of());
    assertEquals(Optional.empty(), rules.fuzz());
    assertEquals(0L, Environment.of(rules).get("fuzz_minutes"));
  }

  @Test
  void options_survive_the_way_to_the_worker() {
    Options options =
        Options.parse(
            List.of(
                "--seed", "-5", "--quick", "--limit=7", "--backend", "gpu:1", "--fuzz", "9", "-v"));
    Options again = Options.parse(options.arguments());
    assertEquals(options.settings(), again.settings());
    assertEquals(-5, again.settings().seed());
    assertEquals(Duration.ofSeconds(7), again.settings().limit());
    assertEquals(options.device(), again.device());
    assertEquals(Optional.of(Duration.ofMinutes(9)), again.fuzz());
    assertTrue(again.isVerbose());
  }
}
