package fluxion.tests.gradients;

import fluxion.conformance.FunctionConformance;
import fluxion.conformance.suite.Settings;
import fluxion.engine.spi.FunctionProvider;

/** The operators of {@code fluxion.ops.nn}. */
final class NnOperatorsTest implements FunctionConformance {
  @Override
  public FunctionProvider provider() {
    return Providers.in("fluxion.ops.nn");
  }

  @Override
  public Settings settings() {
    return Providers.QUICK;
  }
}
