package fluxion.examples.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds rules and error messages of autograd to the transcript of PyTorch, letter for letter. */
final class RulesOfAutogradTest {
  private static final List<Transcript.Entry> ENTRIES = Transcript.section("Error messages");

  private static List<Rules.Rule> rules() {
    Rules rules = new Rules();
    BackwardRules.add(rules);
    InPlaceRules.add(rules);
    LeafRules.add(rules);
    GradRules.add(rules);
    GraphRules.add(rules);
    TensorRules.add(rules);
    LayerRules.add(rules);
    return rules.all();
  }

  @Test
  void every_snippet_is_run_or_left_out_for_a_reason() {
    assertEquals(ENTRIES.size(), rules().size());
  }

  @TestFactory
  List<DynamicTest> a_rule_prints_or_fails_as_in_PyTorch() {
    List<Rules.Rule> rules = rules();
    List<DynamicTest> tests = new ArrayList<>();
    for (int i = 0; i < Math.min(rules.size(), ENTRIES.size()); i++) {
      Rules.Rule rule = rules.get(i);
      Transcript.Entry entry = ENTRIES.get(i);
      String name = rule.sentence() + " [" + entry.lastLine().strip() + "]";
      tests.add(DynamicTest.dynamicTest(name, () -> check(rule, entry)));
    }
    return tests;
  }

  private static void check(Rules.Rule rule, Transcript.Entry entry) {
    Assumptions.assumeTrue(rule.body() != null, rule.sentence());
    try (Capture capture = new Capture()) {
      try {
        rule.body().run();
      } catch (RuntimeException e) {
        Mapping.assertOutput(entry, capture.take());
        if (!entry.fails()) {
          throw e;
        }
        Mapping.assertFailure(entry, e.getClass().getSimpleName(), e.getMessage());
        return;
      }
      Mapping.assertOutput(entry, capture.take());
      if (entry.fails()) {
        fail("no exception; PyTorch says " + entry.errorText() + "\nof\n" + entry.code());
      }
    }
  }
}
