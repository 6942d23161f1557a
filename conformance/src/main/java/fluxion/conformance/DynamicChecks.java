package fluxion.conformance;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import fluxion.conformance.suite.Check;
import fluxion.conformance.suite.Result;
import fluxion.conformance.suite.Rule;
import fluxion.conformance.suite.Runner;
import fluxion.conformance.suite.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** Checks as tests of JUnit: a container a rule, a test a case. */
final class DynamicChecks {
  private DynamicChecks() {}

  /**
   * The tests.
   *
   * @param checks what is checked
   * @param settings how
   */
  static Stream<DynamicNode> of(List<Check> checks, Settings settings) {
    Runner runner = new Runner(settings);
    Map<Rule, List<DynamicNode>> byRule = new LinkedHashMap<>();
    for (Check check : checks) {
      byRule
          .computeIfAbsent(check.rule(), rule -> new ArrayList<>())
          .add(dynamicTest(check.subject() + ": " + check.name(), () -> report(runner.run(check))));
    }
    return byRule.entrySet().stream()
        .map(entry -> dynamicContainer(entry.getKey().toString(), entry.getValue()));
  }

  private static void report(Result result) {
    Verdict verdict = result.verdict();
    switch (verdict.kind()) {
      case PASS -> {}
      case FAIL ->
          throw new AssertionFailedError(
              verdict.reason()
                  + "\n"
                  + result.check().rule()
                  + ": "
                  + result.check().rule().text()
                  + (result.reproducer().isEmpty() ? "" : "\n" + result.reproducer()));
      case UNSUPPORTED, NOT_RUN, EXPECTED_FAILURE ->
          throw new TestAbortedException(verdict.toString());
    }
  }
}
