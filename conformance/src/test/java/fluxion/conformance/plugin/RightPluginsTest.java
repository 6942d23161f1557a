package fluxion.conformance.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.conformance.Verdict;
import fluxion.conformance.suite.Check;
import fluxion.conformance.suite.Runner;
import fluxion.conformance.suite.Settings;
import fluxion.engine.spi.BackendProvider;
import fluxion.engine.spi.FunctionProvider;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The plugins of the project hold every rule about plugins. */
final class RightPluginsTest {
  static List<PluginSubject> plugins() {
    ClassLoader loader = RightPluginsTest.class.getClassLoader();
    return Stream.concat(
            ServiceLoader.load(FunctionProvider.class, loader).stream()
                .map(provider -> PluginSubject.of(provider.get())),
            ServiceLoader.load(BackendProvider.class, loader).stream()
                .map(provider -> PluginSubject.of(provider.get())))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("plugins")
  void a_right_plugin_passes_every_rule(PluginSubject plugin) {
    Runner runner = new Runner(Settings.DEFAULT);
    Map<String, Verdict> others = new TreeMap<>();
    int passed = 0;
    for (Check check : PluginRules.BOOK.checks(plugin.name(), plugin, Settings.DEFAULT)) {
      Verdict verdict = runner.run(check).verdict();
      if (verdict.kind() == Verdict.Kind.PASS) {
        passed++;
      } else {
        others.put(check.id(), verdict);
      }
    }
    others
        .values()
        .removeIf(verdict -> verdict.kind() == Verdict.Kind.NOT_RUN && isExcused(verdict.reason()));
    assertEquals(Map.of(), others);
    assertTrue(passed >= 40, passed + " checks passed");
  }

  /** Rules about what this plugin does not offer, and about jars where there is a folder. */
  private static boolean isExcused(String reason) {
    return reason.contains(" provides devices, not operators")
        || reason.contains(" provides operators, not devices")
        || reason.contains(" is a folder of classes");
  }
}
