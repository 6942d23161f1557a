package fluxion.conformance.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.conformance.backend.BackendRules;
import fluxion.conformance.function.FunctionRules;
import fluxion.conformance.plugin.PluginRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The specification and the tests agree: each rule has its test, and each test its rule. */
final class SpecificationTest {
  private static final Pattern KEY_WORD =
      Pattern.compile("\\b(MUST|MUST NOT|SHOULD|SHOULD NOT|MAY|REQUIRED|OPTIONAL)\\b");

  private final Specification specification = Specification.load();

  private static Map<String, String> tests() {
    Map<String, String> tests = new TreeMap<>(BackendRules.BOOK.names());
    tests.putAll(FunctionRules.BOOK.names());
    tests.putAll(PluginRules.BOOK.names());
    return tests;
  }

  @Test
  void each_rule_names_the_test_that_there_is() {
    Map<String, String> named = new TreeMap<>();
    for (Rule rule : specification.rules()) {
      if (!rule.test().isEmpty()) {
        named.put(rule.id(), rule.test());
      }
    }
    assertEquals(tests(), named);
  }

  @Test
  void each_test_is_named_after_its_rule() {
    Map<String, String> due = new TreeMap<>();
    tests().forEach((id, name) -> due.put(id, specification.rule(id).testName()));
    assertEquals(due, tests());
  }

  @Test
  void each_book_tests_the_rules_of_its_part() {
    assertPart("B-", BackendRules.BOOK);
    assertPart("F-", FunctionRules.BOOK);
    assertPart("P-", PluginRules.BOOK);
  }

  private static void assertPart(String letter, Book<?> book) {
    assertTrue(
        book.names().keySet().stream().allMatch(id -> id.startsWith(letter)),
        () -> letter + " alone is due, found " + book.names().keySet());
  }

  @Test
  void there_are_enough_rules_to_mean_something() {
    assertTrue(specification.rules().size() >= 120, () -> specification.rules().size() + " rules");
  }

  @Test
  void each_rule_says_how_strict_it_is_in_the_words_of_rfc_2119() {
    List<String> vague = new ArrayList<>();
    for (Rule rule : specification.rules()) {
      if (!KEY_WORD.matcher(rule.text()).find()) {
        vague.add(rule.toString());
      }
    }
    assertEquals(List.of(), vague);
  }

  @Test
  void rules_stand_in_the_order_of_their_numbers() {
    List<String> ids = specification.rules().stream().map(Rule::id).toList();
    for (String part : List.of("B-", "F-", "P-")) {
      List<String> some = ids.stream().filter(id -> id.startsWith(part)).toList();
      assertEquals(some.stream().sorted().toList(), some);
    }
  }
}
