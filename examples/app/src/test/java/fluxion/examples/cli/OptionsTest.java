package fluxion.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class OptionsTest {
  private static final Options OPTIONS =
      new Options("bake", "Bakes.")
          .value("--loaves", "N", "2", "how many")
          .value("--flour", "KIND", null, "which flour");

  private static String complaint(String... args) {
    return assertThrows(UsageException.class, () -> OPTIONS.parse(args)).getMessage();
  }

  @Test
  void an_option_that_is_not_given_has_its_default() {
    assertEquals(2, OPTIONS.parse().wholeNumber("--loaves", 1, 9));
    assertFalse(OPTIONS.parse().has("--flour"));
  }

  @Test
  void a_value_follows_or_stands_behind_an_equals_sign() {
    assertEquals(3, OPTIONS.parse("--loaves", "3").wholeNumber("--loaves", 1, 9));
    assertEquals(3, OPTIONS.parse("--loaves=3").wholeNumber("--loaves", 1, 9));
  }

  @Test
  void of_an_option_given_twice_the_last_counts() {
    assertEquals("rye", OPTIONS.parse("--flour=oat", "--flour", "rye").text("--flour").get());
  }

  @Test
  void an_unknown_option_is_told_with_those_that_there_are() {
    assertEquals(
        "no option '--loafs'; the options are --loaves --flour --verbose --help",
        complaint("--loafs", "3"));
    assertTrue(complaint("3").startsWith("no argument '3'"));
  }

  @Test
  void an_option_without_its_value_is_told() {
    assertEquals("--flour needs a value: --flour KIND", complaint("--flour"));
    assertEquals("--flour needs a value: --flour KIND", complaint("--flour", "--verbose"));
    assertEquals("--verbose takes no value", complaint("--verbose=1"));
  }

  @Test
  void a_number_that_is_none_or_out_of_range_is_told() {
    for (String text : new String[] {"x", "0", "10", "1.5", "", "99999999999999999999"}) {
      Arguments arguments = OPTIONS.parse("--loaves", text);
      String message =
          assertThrows(UsageException.class, () -> arguments.wholeNumber("--loaves", 1, 9))
              .getMessage();
      assertEquals("--loaves expects a whole number from 1 to 9, not '" + text + "'", message);
    }
    for (String text : new String[] {"x", "0", "-1", "NaN", "Infinity"}) {
      Arguments arguments = OPTIONS.parse("--loaves", text);
      assertThrows(UsageException.class, () -> arguments.positive("--loaves"), text);
    }
  }

  @Test
  void a_path_that_is_missing_or_none_is_told() {
    assertEquals(Path.of("rye"), OPTIONS.parse("--flour", "rye").requiredPath("--flour"));
    assertEquals(Optional.empty(), OPTIONS.parse().path("--flour"));
    Arguments none = OPTIONS.parse();
    assertEquals(
        "--flour is needed",
        assertThrows(UsageException.class, () -> none.requiredPath("--flour")).getMessage());
    Arguments bad = OPTIONS.parse("--flour", "\0");
    assertEquals(
        "--flour expects a path, not '\0'",
        assertThrows(UsageException.class, () -> bad.path("--flour")).getMessage());
  }

  @Test
  void help_shows_every_option_with_its_default() {
    assertEquals(
        """
        usage: fluxion bake [OPTION...]

        Bakes.

          --loaves N    how many (default 2)
          --flour KIND  which flour
          --verbose     say more; on errors, where they came from
          --help        print this and do nothing
        """,
        OPTIONS.help().replace(System.lineSeparator(), "\n"));
  }
}
