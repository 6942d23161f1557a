package fluxion.api.spi;

import fluxion.api.PluginException;
import fluxion.api.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * Finds the engine.
 *
 * <p>It is looked for in the layer of the API's own module, and where that has none through the
 * loader of the API's own classes: a context class loader would give another answer on other
 * threads. A failure is not kept, so that an engine that comes later is found.
 */
public final class Engines {
  private static volatile @Nullable Engine current;

  private Engines() {}

  /**
   * {@return the engine in use, found at the first call}
   *
   * @throws PluginException if there is no engine, or more than one
   */
  public static Engine current() {
    Engine engine = current;
    return engine != null ? engine : find();
  }

  private static synchronized Engine find() {
    Engine engine = current;
    if (engine != null) {
      return engine;
    }
    List<EngineProvider> found = new ArrayList<>();
    ModuleLayer layer = Engines.class.getModule().getLayer();
    if (layer != null) {
      // first: the loader's way leads through the service files of all jars on the path
      add(ServiceLoader.load(layer, EngineProvider.class), found);
    }
    if (found.isEmpty()) {
      add(ServiceLoader.load(EngineProvider.class, Tensor.class.getClassLoader()), found);
    }
    if (found.isEmpty()) {
      throw new PluginException(
          "no engine: no module on the path provides "
              + EngineProvider.class.getName()
              + "; add the jar of fluxion.engine to the module path (in an OSGi container, start"
              + " the bundle fluxion.engine)");
    }
    if (found.size() > 1) {
      throw new PluginException(
          "two engines: "
              + describe(found.get(0))
              + " and "
              + describe(found.get(1))
              + "; leave one on the module path");
    }
    engine = found.get(0).engine();
    current = engine;
    return engine;
  }

  private static void add(ServiceLoader<EngineProvider> providers, List<EngineProvider> found) {
    try {
      for (EngineProvider provider : providers) {
        found.add(provider);
      }
    } catch (ServiceConfigurationError e) {
      throw new PluginException("the engine could not be loaded: " + e.getMessage(), e);
    }
  }

  private static String describe(EngineProvider provider) {
    Module module = provider.getClass().getModule();
    return provider.name()
        + " ("
        + (module.isNamed() ? "module " + module.getName() : provider.getClass().getName())
        + ")";
  }

  /**
   * Uses an engine, whatever services there are.
   *
   * @param provider the engine's provider
   * @throws PluginException if another engine is in use
   */
  public static synchronized void use(EngineProvider provider) {
    Engine engine = provider.engine();
    Engine before = current;
    if (before != null && before != engine) {
      throw new PluginException(
          "an engine is in use already; stop it before " + describe(provider) + " is used");
    }
    current = engine;
    OpSite.resetAll();
  }

  /**
   * Forgets an engine that stops, so that the next call looks for one again.
   *
   * @param engine the engine that stops
   */
  public static synchronized void stopped(Engine engine) {
    if (current == engine) {
      current = null;
      OpSite.resetAll();
    }
  }
}
