package fluxion.conformance;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import fluxion.conformance.suite.Body;
import fluxion.conformance.suite.Check;
import fluxion.conformance.suite.NotRun;
import fluxion.conformance.suite.Rule;
import fluxion.conformance.suite.Settings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** Checks as JUnit shows them. */
final class DynamicChecksTest {
  private static final Rule ONE =
      new Rule("B-101", "Fresh memory is zero", "It MUST be zero.", "why", "test", "");
  private static final Rule OTHER =
      new Rule("B-102", "Memory is kept", "It MUST stay.", "why", "test", "");

  private static Executable only(Body body, Settings settings) {
    Check check = new Check(ONE, "cpu", "float32", body);
    DynamicContainer container =
        (DynamicContainer) DynamicChecks.of(List.of(check), settings).findFirst().orElseThrow();
    return ((DynamicTest) container.getChildren().findFirst().orElseThrow()).getExecutable();
  }

  private static Executable only(Body body) {
    return only(body, Settings.DEFAULT);
  }

  @Test
  void a_rule_is_a_container_and_a_case_a_test() {
    List<DynamicContainer> containers =
        DynamicChecks.of(
                List.of(
                    new Check(ONE, "cpu", "float32", trial -> {}),
                    new Check(OTHER, "cpu", "all", trial -> {}),
                    new Check(ONE, "gpu", "float32", trial -> {})),
                Settings.DEFAULT)
            .map(DynamicContainer.class::cast)
            .toList();
    assertEquals(
        List.of("B-101 Fresh memory is zero", "B-102 Memory is kept"),
        containers.stream().map(DynamicNode::getDisplayName).toList());
    assertEquals(
        List.of("cpu: float32", "gpu: float32"),
        containers.getFirst().getChildren().map(DynamicNode::getDisplayName).toList());
  }

  @Test
  void what_passes_is_green() {
    assertDoesNotThrow(only(trial -> {}));
  }

  @Test
  void a_failure_says_what_was_found_which_rule_it_breaks_and_how_to_see_it() {
    AssertionFailedError e =
        assertThrows(
            AssertionFailedError.class,
            only(
                trial -> {
                  trial.reproducer("Tensors.zeros(2);");
                  throw new AssertionError("expected 0, found 7");
                }));
    assertEquals(
        "expected 0, found 7\nB-101 Fresh memory is zero: It MUST be zero.\nTensors.zeros(2);",
        e.getMessage());
  }

  @Test
  void what_was_not_tried_is_aborted_with_the_reason() {
    TestAbortedException unsupported =
        assertThrows(
            TestAbortedException.class,
            only(
                trial -> {
                  throw NotRun.unsupported("no float16");
                }));
    assertEquals("UNSUPPORTED: no float16", unsupported.getMessage());
    TestAbortedException notRun =
        assertThrows(
            TestAbortedException.class,
            only(
                trial -> {
                  throw NotRun.because("no second device");
                }));
    assertEquals("NOT RUN: no second device", notRun.getMessage());
  }

  @Test
  void an_expected_failure_is_aborted_and_an_unexpected_pass_fails() {
    Settings known = Settings.DEFAULT.withExpectedFailures(Map.of("B-101*", "driver 5"));
    TestAbortedException expected =
        assertThrows(
            TestAbortedException.class,
            only(
                trial -> {
                  throw new AssertionError("found 7");
                },
                known));
    assertEquals("EXPECTED FAILURE: driver 5 (found 7)", expected.getMessage());
    assertThrows(AssertionFailedError.class, only(trial -> {}, known));
  }
}
