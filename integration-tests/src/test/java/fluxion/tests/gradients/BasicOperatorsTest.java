package fluxion.tests.gradients;

import fluxion.conformance.FunctionConformance;
import fluxion.conformance.suite.Settings;
import fluxion.engine.spi.FunctionProvider;

/** The operators of {@code fluxion.ops.basic}. */
final class BasicOperatorsTest implements FunctionConformance {
  @Override
  public FunctionProvider provider() {
    return Providers.in("fluxion.ops.basic");
  }

  @Override
  public Settings settings() {
    return Providers.QUICK;
  }
}
