package fluxion.tests.gradients;

import fluxion.conformance.FunctionConformance;
import fluxion.conformance.suite.Settings;
import fluxion.engine.spi.FunctionProvider;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** All cases of all rules for the operators of both modules. */
@Tag("full")
final class ThoroughOperatorsTest {
  @Nested
  final class Basic implements FunctionConformance {
    @Override
    public FunctionProvider provider() {
      return Providers.in("fluxion.ops.basic");
    }

    @Override
    public Settings settings() {
      return Providers.FULL;
    }
  }

  @Nested
  final class Nn implements FunctionConformance {
    @Override
    public FunctionProvider provider() {
      return Providers.in("fluxion.ops.nn");
    }

    @Override
    public Settings settings() {
      return Providers.FULL;
    }
  }
}
