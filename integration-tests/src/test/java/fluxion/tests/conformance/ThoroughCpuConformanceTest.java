package fluxion.tests.conformance;

import fluxion.conformance.suite.Settings;
import org.junit.jupiter.api.Tag;

/** All cases of the rules about backends. */
@Tag("full")
class ThoroughCpuConformanceTest extends CpuConformanceTest {
  @Override
  public Settings settings() {
    return Settings.DEFAULT.withRules("B-*");
  }
}
