package fluxion.tests.gradients;

import fluxion.conformance.FunctionConformance;
import fluxion.conformance.suite.Settings;
import fluxion.engine.spi.EngineOperators;
import fluxion.engine.spi.FunctionProvider;

/** The operators that the engine itself brings. */
final class EngineOperatorsTest implements FunctionConformance {
  @Override
  public FunctionProvider provider() {
    return EngineOperators.provider();
  }

  @Override
  public Settings settings() {
    return Providers.QUICK;
  }
}
