package fluxion.tests.conformance;

import fluxion.api.Device;
import fluxion.conformance.BackendConformance;
import fluxion.conformance.suite.Settings;
import fluxion.engine.spi.BackendProvider;
import java.util.ServiceLoader;

/**
 * The CPU holds every rule at profile tight; {@link ThoroughCpuConformanceTest} tries all cases.
 */
class CpuConformanceTest implements BackendConformance {
  @Override
  public BackendProvider provider() {
    return ServiceLoader.load(BackendProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(provider -> provider.devices().contains(Device.CPU))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public Settings settings() {
    return Settings.DEFAULT.withEffort(Settings.Effort.QUICK).withRules("B-*");
  }
}
