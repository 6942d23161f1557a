package fluxion.conformance.faulty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.Plugin;
import fluxion.api.Plugins;
import fluxion.conformance.Verdict;
import fluxion.conformance.suite.Check;
import fluxion.conformance.suite.Runner;
import fluxion.conformance.suite.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each wrong provider is caught by the rule that it names, in words that say what is wrong. */
final class PluginFaultsTest {
  private static final Settings QUICK =
      Settings.DEFAULT.withEffort(Settings.Effort.QUICK).withLimit(Duration.ofSeconds(5));

  static List<Fault> faults() {
    return PluginFaults.all();
  }

  @ParameterizedTest
  @MethodSource("faults")
  void a_wrong_provider_is_caught_by_its_rule(Fault fault) {
    Settings settings =
        fault.name().endsWith("-hang") ? QUICK.withLimit(Duration.ofMillis(200)) : QUICK;
    Runner runner = new Runner(settings);
    List<String> reasons = new ArrayList<>();
    for (Check check : fault.checks(settings)) {
      Verdict verdict = runner.run(check).verdict();
      if (verdict.kind() == Verdict.Kind.FAIL) {
        reasons.add(verdict.reason());
      }
    }
    assertFalse(reasons.isEmpty(), fault.rule() + " lets " + fault.name() + " pass");
    assertTrue(
        reasons.stream().anyMatch(reason -> reason.contains(fault.clue())),
        () -> "'" + fault.clue() + "' is not in " + reasons);
  }

  @Test
  void a_wrong_provider_leaves_nothing_behind() {
    List<Plugin> before = Plugins.list();
    Runner runner = new Runner(QUICK);
    for (Fault fault : faults()) {
      if (fault.rule().startsWith("P-2")) {
        fault.checks(QUICK).forEach(runner::run);
      }
    }
    assertEquals(before, Plugins.list());
  }
}
