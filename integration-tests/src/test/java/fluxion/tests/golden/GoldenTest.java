package fluxion.tests.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import fluxion.api.Device;
import fluxion.api.Ops;
import fluxion.conformance.GoldenCase;
import fluxion.conformance.GoldenData;
import fluxion.conformance.Verdict;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The operators give what PyTorch gave. */
final class GoldenTest {
  private static final List<GoldenCase> CASES = GoldenData.builtIn();

  /** Operators of PyTorch that are not there yet. */
  private static final Set<String> MISSING = Set.of();

  @TestFactory
  Stream<DynamicNode> results_gradients_and_float32_results_are_those_of_PyTorch() {
    return tests(GoldenCase.Kind.VALUES);
  }

  @TestFactory
  Stream<DynamicNode> second_derivatives_are_those_of_PyTorch() {
    return tests(GoldenCase.Kind.SECOND_ORDER);
  }

  @TestFactory
  Stream<DynamicNode> wrong_calls_have_the_messages_of_PyTorch() {
    return tests(GoldenCase.Kind.ERROR);
  }

  private static Stream<DynamicNode> tests(GoldenCase.Kind kind) {
    Map<String, List<DynamicNode>> byOperator = new LinkedHashMap<>();
    for (GoldenCase one : CASES) {
      if (one.kind() == kind) {
        byOperator
            .computeIfAbsent(one.operator(), operator -> new ArrayList<>())
            .add(dynamicTest(one.id(), () -> run(one, Device.CPU)));
      }
    }
    return byOperator.entrySet().stream().map(e -> dynamicContainer(e.getKey(), e.getValue()));
  }

  /** Runs a case on a device; what is listed above may fail or be left out. */
  static void run(GoldenCase one, Device device) {
    Verdict verdict = one.run(device);
    boolean known = isMissing(verdict.reason());
    switch (verdict.kind()) {
      case FAIL -> fail(one + ": " + verdict.reason());
      case UNSUPPORTED, NOT_RUN, EXPECTED_FAILURE -> {
        if (!known) {
          fail(one + " was not run: " + verdict.reason());
        }
        Assumptions.abort(verdict.reason());
      }
      case PASS -> {
        if (known) {
          fail(one + " passes: strike it off the list of what is not there yet");
        }
      }
    }
  }

  private static boolean isMissing(String reason) {
    Matcher missing = Pattern.compile("operator '(\\w+)' is missing").matcher(reason);
    return missing.matches() && MISSING.contains(missing.group(1));
  }

  @Test
  void what_is_there_is_not_listed_as_missing() {
    Set<String> there = new TreeSet<>(MISSING);
    there.retainAll(Ops.names());
    assertEquals(Set.of(), there);
  }

  @Test
  void no_case_is_lost() {
    Map<GoldenCase.Kind, Integer> counts = new EnumMap<>(GoldenCase.Kind.class);
    CASES.forEach(one -> counts.merge(one.kind(), 1, Integer::sum));
    assertEquals(
        Map.of(
            GoldenCase.Kind.VALUES, 3005,
            GoldenCase.Kind.SECOND_ORDER, 604,
            GoldenCase.Kind.ERROR, 178),
        counts);
  }
}
