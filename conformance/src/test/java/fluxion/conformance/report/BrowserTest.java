package fluxion.conformance.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a browser: its filters, as a link to a filtered view sets them. */
@Tag("full")
final class BrowserTest {
  private static final int SECONDS = 60;

  @TempDir Path folder;
  private Path page;

  @BeforeEach
  void write_the_page() throws IOException {
    page = Files.writeString(folder.resolve("index.html"), HtmlPage.of(SampleReport.report()));
  }

  @Test
  void without_a_filter_all_is_shown() throws Exception {
    assertShown("", "3 of 3 rules, 17 of 17 cases");
  }

  @Test
  void verdicts_filter_cases_and_rules_without_a_case() throws Exception {
    String failed = assertShown("#verdict=FAIL", "1 of 3 rules, 1 of 17 cases");
    assertTrue(failed.contains("aria-pressed=\"true\" class=\"chip fail\""), "the chip is down");
    assertTrue(rule(failed, "B-301").contains(" open"), "the failure is unfolded");
    assertTrue(rule(failed, "B-101").contains(" hidden"), "the others are away");
    assertShown("#verdict=NOT%20RUN", "2 of 3 rules, 1 of 17 cases");
    assertShown("#verdict=FAIL,UNSUPPORTED", "2 of 3 rules, 2 of 17 cases");
  }

  @Test
  void rules_subjects_and_text_filter_together() throws Exception {
    assertShown("#rule=B-1*", "1 of 3 rules, 13 of 17 cases");
    assertShown("#rule=b-?01&q=float16", "2 of 3 rules, 2 of 17 cases");
    assertShown("#subject=npu", "2 of 3 rules, 17 of 17 cases");
    String none = assertShown("#subject=gpu", "0 of 3 rules, 0 of 17 cases");
    assertTrue(none.contains("<p id=\"nothing\">"), "it says that nothing fits");
  }

  @Test
  void the_id_of_a_rule_opens_it() throws Exception {
    assertTrue(rule(dom("#B-799"), "B-799").contains(" open"));
  }

  private static String rule(String dom, String id) {
    return Pattern.compile("<details class=\"rule\"[^>]* id=\"" + id + "\"[^>]*>")
        .matcher(dom)
        .results()
        .map(result -> result.group())
        .findFirst()
        .orElseThrow();
  }

  private String assertShown(String fragment, String expected) throws Exception {
    String dom = dom(fragment);
    String shown = dom.replaceAll("(?s).*<output[^>]*>(.*?)</output>.*", "$1");
    assertEquals(expected, shown);
    return dom;
  }

  private String dom(String fragment) throws IOException, InterruptedException {
    Path out = folder.resolve("dom.html");
    Process process =
        new ProcessBuilder(
                browser(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--no-first-run",
                "--user-data-dir=" + folder.resolve("profile"),
                "--dump-dom",
                page.toUri() + fragment)
            .redirectOutput(out.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the browser did not end within " + SECONDS + " s");
    }
    return Files.readString(out);
  }

  private static String browser() {
    Optional<Path> found =
        Stream.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
            .flatMap(
                place ->
                    List.of("chromium", "chromium-browser").stream().map(Path.of(place)::resolve))
            .filter(Files::isExecutable)
            .findFirst();
    Assumptions.assumeTrue(
        found.isPresent(), "chromium is not on the PATH: install it to run this");
    return found.orElseThrow().toString();
  }
}
