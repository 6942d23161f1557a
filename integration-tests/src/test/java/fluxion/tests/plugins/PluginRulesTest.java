package fluxion.tests.plugins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.Plugin;
import fluxion.api.Plugins;
import fluxion.conformance.Suites;
import fluxion.conformance.Verdict;
import fluxion.conformance.suite.Check;
import fluxion.conformance.suite.Runner;
import fluxion.conformance.suite.Settings;
import fluxion.engine.spi.BackendProvider;
import fluxion.engine.spi.FunctionProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The project's plugins on the module path, as applications have them, hold the rules P. */
final class PluginRulesTest {
  private static final Settings SETTINGS = Settings.DEFAULT.withRules("P-*");

  private static List<Check> checks() {
    List<Check> checks = new ArrayList<>();
    ServiceLoader.load(FunctionProvider.class)
        .forEach(provider -> checks.addAll(Suites.of(provider, SETTINGS)));
    ServiceLoader.load(BackendProvider.class)
        .forEach(provider -> checks.addAll(Suites.of(provider, SETTINGS)));
    return checks;
  }

  @Test
  void every_rule_about_plugins_is_held_on_the_module_path() {
    Runner runner = new Runner(SETTINGS);
    List<Plugin> before = Plugins.list();
    Map<String, Verdict> others = new TreeMap<>();
    Map<String, Integer> passed = new TreeMap<>();
    for (Check check : checks()) {
      Verdict verdict = runner.run(check).verdict();
      switch (verdict.kind()) {
        case PASS -> passed.merge(check.subject(), 1, Integer::sum);
        case NOT_RUN -> {
          // about what the plugin does not offer, or about jars where a build has folders
          String reason = verdict.reason();
          if (!reason.contains(", not ") && !reason.contains("folder of classes")) {
            others.put(check.id(), verdict);
          }
        }
        default -> others.put(check.id(), verdict);
      }
    }
    assertEquals(Map.of(), others);
    for (String module : List.of("fluxion.ops.basic", "fluxion.ops.nn", "fluxion.backend.cpu")) {
      assertTrue(passed.getOrDefault(module, 0) >= 40, () -> module + " in " + passed);
    }
    // the probes are gone
    assertEquals(before, Plugins.list());
  }
}
