package fluxion.tests.gradients;

import fluxion.conformance.suite.Settings;
import fluxion.engine.spi.FunctionProvider;
import java.util.List;
import java.util.ServiceLoader;

/** The providers of operators that are on the module path. */
final class Providers {
  /** What every build runs; all rules about operators. */
  static final Settings QUICK = Settings.DEFAULT.withRules("F-*").withEffort(Settings.Effort.QUICK);

  /** What the thorough tier runs. */
  static final Settings FULL = QUICK.withEffort(Settings.Effort.FULL);

  private Providers() {}

  /** All of them. */
  static List<FunctionProvider> all() {
    return ServiceLoader.load(FunctionProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }

  /** The one in a module. */
  static FunctionProvider in(String module) {
    List<FunctionProvider> found =
        all().stream()
            .filter(provider -> provider.getClass().getModule().getName().equals(module))
            .toList();
    if (found.size() != 1) {
      throw new AssertionError(module + " has " + found.size() + " providers");
    }
    return found.get(0);
  }
}
