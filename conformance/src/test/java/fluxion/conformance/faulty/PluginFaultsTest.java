package fluxion.conformance.faulty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import fluxion.api.Plugin;
import fluxion.api.Plugins;
import fluxion.conformance.suite.Runner;
import fluxion.conformance.suite.Settings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Wrong providers are gone when their checks are over. */
final class PluginFaultsTest {
  private static final Settings QUICK =
      Settings.DEFAULT.withEffort(Settings.Effort.QUICK).withLimit(Duration.ofSeconds(5));

  @Test
  void a_wrong_provider_leaves_nothing_behind() {
    List<Plugin> before = Plugins.list();
    Runner runner = new Runner(QUICK);
    for (Fault fault : PluginFaults.all()) {
      if (fault.rule().startsWith("P-2")) {
        fault.checks(QUICK).forEach(runner::run);
      }
    }
    assertEquals(before, Plugins.list());
  }
}
