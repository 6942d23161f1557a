package fluxion.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.FluxionException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class CommandLineTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(CommandLine.Body body, String... args) {
    return CommandLine.run(
        new Options("bake", "Bakes."),
        args,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        body);
  }

  private String errors() {
    return err.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }

  @Test
  void a_wrong_command_line_is_one_line_and_status_2() {
    assertEquals(2, run(_ -> {}, "--fast"));
    assertEquals("bake: no option '--fast'; the options are --verbose --help\n", errors());
  }

  @Test
  void an_error_is_one_line_and_status_1() {
    CommandLine.Body fails =
        _ -> {
          throw new FluxionException("no oven\n  is there");
        };
    assertEquals(1, run(fails));
    assertEquals("bake: no oven is there\n", errors());
  }

  @Test
  void where_an_error_came_from_is_told_when_asked() {
    CommandLine.Body fails =
        _ -> {
          throw new FluxionException("no oven");
        };
    assertEquals(1, run(fails, "--verbose"));
    assertTrue(errors().contains("\tat "), errors());
  }

  @Test
  void help_does_nothing_else() {
    CommandLine.Body fails =
        _ -> {
          throw new AssertionError("was run");
        };
    assertEquals(0, run(fails, "-h"));
    assertTrue(out.toString(StandardCharsets.UTF_8).startsWith("usage: fluxion bake"));
    assertEquals("", errors());
  }
}
