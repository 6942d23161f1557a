package fluxion.engine.spi;

import fluxion.api.PluginException;
import fluxion.api.spi.Engines;
import fluxion.api.spi.PluginTable;
import fluxion.engine.intrinsics.EngineFunctions;
import fluxion.engine.registry.Registry;
import java.util.List;

/**
 * The operators that the engine itself brings: copies, casts and plain writes.
 *
 * <p>They are always there; no service offers them. Tools that try operators get them here.
 */
public final class EngineOperators {
  private EngineOperators() {}

  /** {@return the provider of the engine's own operators} */
  public static FunctionProvider provider() {
    return new EngineFunctions();
  }

  /**
   * {@return all operators that can be called now, the engine's and the plugins', in the order of
   * their names}
   *
   * @throws PluginException if the engine in use is not this module's
   */
  public static List<Operator> installed() {
    PluginTable table = Engines.current().plugins();
    if (table instanceof Registry registry) {
      return registry.operators();
    }
    throw new PluginException(
        "the engine in use, "
            + table.getClass().getModule()
            + ", is not fluxion.engine, so its operators cannot be listed");
  }
}
