package fluxion.conformance.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.FormatException;
import fluxion.conformance.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which checks the tests of rules yield. */
final class BookTest {
  private static final Specification SPECIFICATION =
      Specification.parse(Rules.page("B-101", "First") + Rules.page("B-102", "Second"));

  /** Two tests, the second first. */
  static final class Good {
    private Good() {}

    @TestOf("B-102")
    static void b102_second(String subject, Cases cases) {
      cases.add("only", trial -> {});
    }

    @TestOf("B-101")
    static void b101_first(String subject, Cases cases) {
      cases.add(subject.substring(1), trial -> {});
      cases.unsupported("float16", "no float16");
      cases.notRun("pairs", "no second device");
      if (!cases.settings().isQuick()) {
        cases.add("long", trial -> {});
      }
    }

    static void helper() {}
  }

  /** Another test of the first rule. */
  static final class Again {
    private Again() {}

    @TestOf("B-101")
    static void b101_first(String subject, Cases cases) {
      cases.add("again", trial -> {});
    }
  }

  /** A test that fails while it lists its cases. */
  static final class Failing {
    private Failing() {}

    @TestOf("B-101")
    static void b101_first(String subject, Cases cases) {
      cases.add("before", trial -> {});
      throw new IllegalStateException("no list");
    }
  }

  /** A test of a rule that is not in the specification. */
  static final class Unknown {
    private Unknown() {}

    @TestOf("B-999")
    static void b999_unknown(String subject, Cases cases) {
      cases.add("only", trial -> {});
    }
  }

  private static List<String> ids(List<Check> checks) {
    return checks.stream().map(Check::id).toList();
  }

  private static List<Check> checks(Settings settings, Class<?>... classes) {
    return new Book<>(String.class, List.of(classes), SPECIFICATION)
        .checks("cpu", "subject", settings);
  }

  @Test
  void tests_are_named_in_the_order_of_their_rules() {
    Map<String, String> names = new Book<>(String.class, List.of(Good.class)).names();
    assertEquals(List.of("B-101", "B-102"), List.copyOf(names.keySet()));
    assertEquals(List.of("b101_first", "b102_second"), List.copyOf(names.values()));
  }

  @Test
  void two_tests_of_one_rule_are_refused() {
    IllegalStateException e =
        assertThrows(
            IllegalStateException.class,
            () -> new Book<>(String.class, List.of(Good.class, Again.class)));
    assertEquals("rule B-101 has two tests", e.getMessage());
  }

  @Test
  void cases_come_rule_by_rule_in_the_order_in_which_they_were_added() {
    assertEquals(
        List.of(
            "B-101 cpu: ubject",
            "B-101 cpu: float16",
            "B-101 cpu: pairs",
            "B-101 cpu: long",
            "B-102 cpu: only"),
        ids(checks(Settings.DEFAULT, Good.class)));
  }

  @Test
  void only_chosen_rules_and_quick_cases_are_listed() {
    Settings some = Settings.DEFAULT.withRules("?-101").withEffort(Settings.Effort.QUICK);
    assertEquals(
        List.of("B-101 cpu: ubject", "B-101 cpu: float16", "B-101 cpu: pairs"),
        ids(checks(some, Good.class)));
  }

  @Test
  void cases_that_are_not_tried_say_why() {
    Runner runner = new Runner(Settings.DEFAULT);
    List<Check> checks = checks(Settings.DEFAULT, Good.class);
    assertEquals(Verdict.unsupported("no float16"), runner.run(checks.get(1)).verdict());
    assertEquals(Verdict.notRun("no second device"), runner.run(checks.get(2)).verdict());
  }

  @Test
  void a_test_that_cannot_list_its_cases_is_one_check_that_fails() {
    List<Check> checks = checks(Settings.DEFAULT, Failing.class);
    assertEquals(List.of("B-101 cpu: before", "B-101 cpu: its cases"), ids(checks));
    assertEquals(
        Verdict.fail("the cases could not be listed: java.lang.IllegalStateException: no list"),
        new Runner(Settings.DEFAULT).run(checks.getLast()).verdict());
  }

  @Test
  void a_test_without_a_rule_is_refused_with_the_rules_id() {
    FormatException e =
        assertThrows(FormatException.class, () -> checks(Settings.DEFAULT, Unknown.class));
    assertTrue(e.getMessage().contains("B-999"), e.getMessage());
  }
}
