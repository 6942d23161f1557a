package fluxion.examples.tutorials;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.examples.transcript.Capture;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class TutorialsCommandTest {

  private static String output(String... args) {
    try (Capture capture = new Capture()) {
      assertEquals(0, TutorialsCommand.run(System.err, args));
      return capture.take();
    }
  }

  @Test
  void a_snippet_stands_above_its_output() {
    String text = output("--only", "003");
    String expected =
        """
           | Tensor x = ones(withGrad(), 2, 2);
           | IO.println(x);
        """;
    int source = text.indexOf(expected);
    assertTrue(source >= 0, text);
    assertTrue(text.substring(source + expected.length()).startsWith("tensor([["), text);
  }

  @Test
  void one_tutorial_can_be_run_alone() {
    String text = output("--only=004");
    assertTrue(text.startsWith("Tutorial 004: "), text);
    assertFalse(text.contains("Tutorial 003"), text);
  }

  @Test
  void all_five_are_run() {
    String text = output();
    for (Tutorial tutorial : Tutorial.ALL) {
      assertTrue(text.contains("Tutorial " + tutorial.number() + ": " + tutorial.title()));
    }
  }

  @Test
  void help_lists_the_tutorials() {
    assertTrue(output("--help").contains("  004  "));
  }

  @Test
  void a_tutorial_that_is_not_there_is_a_wrong_command_line() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    assertEquals(2, TutorialsCommand.run(stream, "--only", "005"));
    assertEquals(
        "tutorials: no tutorial '005'; there are 000, 001, 002, 003, 004",
        err.toString(StandardCharsets.UTF_8).strip());
  }
}
