package fluxion.conformance.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import fluxion.api.FormatException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTest {

  @Test
  void values_of_every_kind_are_read() {
    assertEquals(
        Map.of("a", Arrays.asList(1L, 1.0, -2.5e3, "x\n\u00e9", true, false, null)),
        Json.parse(" {\"a\": [1, 1.0, -2.5e3, \"x\\n\\u00e9\", true, false, null]} "));
    assertEquals(List.of(), Json.parse("[]"));
    assertEquals(Map.of(), Json.parse("{}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "[1,]",
        "[1 2]",
        "{\"a\" 1}",
        "{a: 1}",
        "{\"a\": 1,}",
        "01",
        "1.",
        ".5",
        "+1",
        "NaN",
        "'a'",
        "\"a",
        "\"\\x\"",
        "\"\\u00g0\"",
        "tru",
        "[",
        "{\"a\": 1} 2",
        "{\"a\": 1, \"a\": 2}",
        "\"\t\""
      })
  void what_is_no_JSON_is_refused(String text) {
    assertThrows(FormatException.class, () -> Json.parse(text));
  }

  @Test
  void nesting_without_end_is_refused() {
    assertThrows(FormatException.class, () -> Json.parse("[".repeat(100_000)));
  }

  @Test
  void lines_are_read_one_by_one() {
    assertEquals(List.of(Map.of("a", 1L), Map.of("a", 2L)), Json.lines("{\"a\":1}\n\n{\"a\":2}\n"));
  }
}
