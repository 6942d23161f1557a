package fluxion.tests.conformance;

import fluxion.backend.cpu.CpuBackendProvider;
import fluxion.conformance.BackendConformance;
import fluxion.conformance.suite.Settings;
import fluxion.engine.spi.BackendProvider;

/**
 * The CPU holds every rule at profile tight; {@link ThoroughCpuConformanceTest} tries all cases.
 */
class CpuConformanceTest implements BackendConformance {
  @Override
  public BackendProvider provider() {
    return new CpuBackendProvider();
  }

  @Override
  public Settings settings() {
    return Settings.DEFAULT.withEffort(Settings.Effort.QUICK).withRules("B-*");
  }
}
