package fluxion.examples.tutorials;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.examples.transcript.Capture;
import fluxion.examples.transcript.Mapping;
import fluxion.examples.transcript.Transcript;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Holds every output of the tutorials to the transcript of PyTorch, letter for letter. */
final class TutorialsTranscriptTest {
  /** Snippets without a counterpart in Java, by their last lines. */
  private static final Map<String, String> NOT_APPLICABLE =
      Map.of("print(x.requires_gard)", "does not compile in Java");

  /** As above, for those whose last line is not theirs alone. */
  private static final String UNDEFINED_FUNCTION = "y = backward(v)";

  private static final Pattern FAILURE =
      Pattern.compile("[\\w.]*\\b(\\w+Exception): (.*)\n", Pattern.DOTALL);

  @TestFactory
  List<DynamicContainer> a_tutorial_prints_what_PyTorch_prints() {
    List<DynamicContainer> tutorials = new ArrayList<>();
    for (Tutorial tutorial : Tutorial.ALL) {
      List<Transcript.Entry> expected = applicable("Seed " + tutorial.number());
      Map<String, String> printed = run(tutorial);
      List<String> titles = List.copyOf(printed.keySet());
      List<DynamicTest> tests = new ArrayList<>();
      tests.add(
          DynamicTest.dynamicTest(
              "every snippet is run", () -> assertEquals(expected.size(), titles.size())));
      tests.add(
          DynamicTest.dynamicTest(
              "every snippet shows its source",
              () -> assertEquals(Snippets.of(tutorial.home()).titles(), titles)));
      for (int i = 0; i < Math.min(expected.size(), titles.size()); i++) {
        Transcript.Entry entry = expected.get(i);
        String title = titles.get(i);
        tests.add(DynamicTest.dynamicTest(title, () -> check(entry, printed.get(title))));
      }
      tutorials.add(DynamicContainer.dynamicContainer(tutorial.number(), tests));
    }
    return tutorials;
  }

  private static List<Transcript.Entry> applicable(String section) {
    return Transcript.section(section).stream()
        .filter(entry -> !NOT_APPLICABLE.containsKey(entry.lastLine()))
        .filter(entry -> !entry.code().contains(UNDEFINED_FUNCTION))
        .toList();
  }

  private static Map<String, String> run(Tutorial tutorial) {
    List<String> titles = new ArrayList<>();
    Map<String, String> printed = new LinkedHashMap<>();
    try (Capture capture = new Capture()) {
      tutorial
          .body()
          .accept(
              title -> {
                if (!titles.isEmpty()) {
                  printed.put(titles.getLast(), capture.take());
                }
                titles.add(title);
              });
      printed.put(titles.getLast(), capture.take());
    }
    return printed;
  }

  private static void check(Transcript.Entry expected, String printed) {
    if (!expected.fails()) {
      Mapping.assertOutput(expected, printed);
      return;
    }
    int begin = Mapping.output(expected.output()).length();
    Mapping.assertOutput(expected, printed.substring(0, Math.min(begin, printed.length())));
    Matcher failure = FAILURE.matcher(printed.substring(Math.min(begin, printed.length())));
    assertTrue(failure.matches(), () -> "an exception should be printed, not " + printed);
    Mapping.assertFailure(expected, failure.group(1), failure.group(2));
  }
}
