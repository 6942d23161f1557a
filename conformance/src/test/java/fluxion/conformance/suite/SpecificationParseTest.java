package fluxion.conformance.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.FormatException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the page of the specification is read, and what is refused. */
final class SpecificationParseTest {
  private static final String PAGE =
      """
      # Specification

      Words that are no rule.

      ## B-1xx Memory

      ### B-101 Fresh memory is zero

      `allocate` MUST return memory
      whose elements are all zero.

      *Intent:* nothing shows what another
      tensor held.
      *Test:* `b101_fresh_memory_is_zero`

      ### B-102 Memory is kept

      It MUST stay.

      *Intent:* one does not lose it.
      *Untestable:* nobody can wait that long.

      ## B-2xx Others
      *Intent:* of no rule.
      """;

  @Test
  void a_rule_has_its_text_intent_and_test_on_one_line_each() {
    Rule rule = Specification.parse(PAGE).rule("B-101");
    assertEquals("Fresh memory is zero", rule.title());
    assertEquals("`allocate` MUST return memory whose elements are all zero.", rule.text());
    assertEquals("nothing shows what another tensor held.", rule.intent());
    assertEquals("b101_fresh_memory_is_zero", rule.test());
    assertEquals("", rule.untestable());
  }

  @Test
  void a_rule_that_cannot_be_tested_says_why() {
    Rule rule = Specification.parse(PAGE).rule("B-102");
    assertEquals("", rule.test());
    assertEquals("nobody can wait that long.", rule.untestable());
  }

  @Test
  void rules_come_in_the_order_of_the_page() {
    assertEquals(
        List.of("B-101", "B-102"),
        Specification.parse(PAGE).rules().stream().map(Rule::id).toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A MUST.\n\n*Intent:* why.\n",
        "A MUST.\n\n*Test:* `t`\n",
        "*Intent:* why.\n*Test:* `t`\n",
        "A MUST.\n\n*Intent:* why.\n*Test:* `t`\n*Untestable:* no.\n",
        ""
      })
  void an_incomplete_rule_is_refused_with_its_id(String body) {
    FormatException e =
        assertThrows(
            FormatException.class, () -> Specification.parse("### P-301 A title\n\n" + body));
    assertEquals(
        "rule P-301 of the specification needs a text, a line *Intent:* and one of *Test:* and"
            + " *Untestable:*",
        e.getMessage());
  }

  @Test
  void an_id_that_is_used_twice_is_refused() {
    String twice = Rules.page("P-301", "One") + Rules.page("P-301", "Other");
    FormatException e = assertThrows(FormatException.class, () -> Specification.parse(twice));
    assertEquals("the specification has two rules P-301", e.getMessage());
  }

  @Test
  void a_rule_that_is_missing_is_named() {
    FormatException e =
        assertThrows(FormatException.class, () -> Specification.parse(PAGE).rule("F-999"));
    assertTrue(e.getMessage().contains("no rule F-999"), e.getMessage());
  }
}
