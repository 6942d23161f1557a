import fluxion.api.spi.EngineProvider;
import fluxion.engine.DefaultEngine;
import fluxion.engine.spi.AcceleratorProvider;
import fluxion.engine.spi.BackendProvider;
import fluxion.engine.spi.FunctionProvider;

/**
 * The engine: the SPI for operators and devices, dispatch, the tape and the registry of plugins.
 *
 * <p>It names no operator module and no backend; both are found as services.
 */
module fluxion.engine {
  requires static jdk.jfr;
  requires static org.jspecify;
  requires static osgi.core;
  requires transitive fluxion.api;

  exports fluxion.engine.spi;
  exports fluxion.engine.spi.accelerator;

  uses FunctionProvider;
  uses BackendProvider;
  uses AcceleratorProvider;

  provides EngineProvider with
      DefaultEngine;
}
