package fluxion.conformance.faulty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import fluxion.conformance.Profile;
import fluxion.conformance.Verdict;
import fluxion.conformance.suite.Check;
import fluxion.conformance.suite.Result;
import fluxion.conformance.suite.Rule;
import fluxion.conformance.suite.Runner;
import fluxion.conformance.suite.Settings;
import fluxion.conformance.suite.Settings.Effort;
import fluxion.conformance.suite.Specification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The kit proves itself: each wrong implementation is caught by the rule that it names, with a
 * message that says what is wrong. {@code docs/kill-matrix.md} lists them.
 */
final class KillMatrixTest {
  private static final int LEAST = 80;
  private static final Path PAGE =
      Path.of(System.getProperty("fluxion.root"), "docs", "kill-matrix.md");

  private static final Settings SETTINGS =
      Settings.DEFAULT
          .withProfile(Profile.TIGHT)
          .withEffort(Effort.QUICK)
          .withLimit(Duration.ofSeconds(20));

  @TestFactory
  Stream<DynamicTest> each_fault_is_caught_by_its_rule() {
    return Gallery.all().stream().map(fault -> dynamicTest(fault.name(), () -> kill(fault)));
  }

  private static void kill(Fault fault) {
    // what never ends need not be waited for
    Settings settings =
        fault.name().endsWith("-hang") ? SETTINGS.withLimit(Duration.ofMillis(200)) : SETTINGS;
    Runner runner = new Runner(settings);
    List<String> others = new ArrayList<>();
    for (Check check : fault.checks(settings)) {
      Result result = runner.run(check);
      if (result.verdict().kind() == Verdict.Kind.FAIL) {
        if (result.verdict().reason().contains(fault.clue())) {
          return;
        }
        others.add(check.id() + ": " + result.verdict().reason());
      }
    }
    throw new AssertionError(
        fault.name()
            + " ("
            + fault.mistake()
            + ") survives "
            + fault.rule()
            + (others.isEmpty()
                ? ", which passes"
                : ", whose messages do not say '" + fault.clue() + "': " + others));
  }

  @Test
  void the_gallery_is_large_and_names_each_fault_once() {
    Set<String> names = new HashSet<>();
    for (Fault fault : Gallery.all()) {
      assertTrue(names.add(fault.name()), fault::name);
    }
    assertTrue(names.size() >= LEAST, () -> "only " + names.size() + " faults");
  }

  @Test
  void the_page_of_the_kill_matrix_is_true() throws IOException {
    String page = page();
    if (Boolean.getBoolean("fluxion.docs.write")) {
      Files.writeString(PAGE, page);
    }
    assertEquals(
        page,
        Files.exists(PAGE) ? Files.readString(PAGE) : "",
        "docs/kill-matrix.md differs; mvn -Pdocs verify writes it");
  }

  private static String page() {
    Specification specification = Specification.load();
    StringBuilder page =
        new StringBuilder(
            """
            # Kill matrix

            The kit is held to wrong implementations that it ships itself: `fluxion.conformance.faulty`.
            Each is caught by the rule that it names, and the rule's message must contain the words in the
            last column; the build fails if one survives. This page is generated: `mvn -Pdocs verify`
            writes it, `mvn verify` compares it.

            """);
    page.append("%d of %d are caught.\n\n".formatted(Gallery.all().size(), Gallery.all().size()));
    page.append("| wrong implementation | what is wrong | caught by | its message says |\n");
    page.append("|---|---|---|---|\n");
    for (Fault fault : Gallery.all()) {
      Rule rule = specification.rule(fault.rule());
      page.append(
          "| `%s` | %s | [%s](specification.md#%s) %s | %s |\n"
              .formatted(
                  fault.name(),
                  cell(fault.mistake()),
                  rule.id(),
                  anchor(rule),
                  cell(rule.title()),
                  cell(fault.clue())));
    }
    return page.toString();
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }

  private static String anchor(Rule rule) {
    return rule.toString()
        .toLowerCase(java.util.Locale.ROOT)
        .replaceAll("[^a-z0-9 _-]", "")
        .replace(' ', '-');
  }
}
