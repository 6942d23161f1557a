package fluxion.api;

import fluxion.api.spi.Engines;
import java.lang.module.Configuration;
import java.lang.module.FindException;
import java.lang.module.ModuleFinder;
import java.lang.module.ResolutionException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The plugins of the running engine: what there is, and how more are added. */
public final class Plugins {
  private Plugins() {}

  /** {@return what the engine found, taken or refused, in the order of module names} */
  public static List<Plugin> list() {
    return Engines.current().plugins().list();
  }

  /**
   * Adds the plugins of a layer of modules, while the application runs.
   *
   * @param layer the layer
   */
  public static void add(ModuleLayer layer) {
    Engines.current().plugins().add(layer);
  }

  /**
   * Adds the plugins in a folder of jars, as a layer of their own above this application's modules.
   *
   * @param folder the folder
   * @return the new layer, with which {@link #remove} withdraws them
   * @throws PluginException if there is no module in the folder, or the modules do not resolve
   */
  public static ModuleLayer add(Path folder) {
    ModuleLayer parent = Plugins.class.getModule().getLayer();
    if (parent == null) {
      parent = ModuleLayer.boot();
    }
    ModuleFinder finder = ModuleFinder.of(folder);
    ModuleLayer layer;
    try {
      Set<String> names =
          finder.findAll().stream()
              .map(module -> module.descriptor().name())
              .collect(Collectors.toSet());
      if (names.isEmpty()) {
        throw new PluginException("there is no module in " + folder + " to add: expected jars");
      }
      Configuration resolved =
          parent.configuration().resolveAndBind(finder, ModuleFinder.of(), names);
      layer = parent.defineModulesWithOneLoader(resolved, ClassLoader.getSystemClassLoader());
    } catch (FindException | ResolutionException | LayerInstantiationException e) {
      throw new PluginException(
          "the modules in " + folder + " could not be added: " + e.getMessage(), e);
    }
    add(layer);
    return layer;
  }

  /**
   * Withdraws the plugins of a layer; calls to their operators fail from then on.
   *
   * @param layer a layer that was added
   */
  public static void remove(ModuleLayer layer) {
    Engines.current().plugins().remove(layer);
  }

  /**
   * Chooses the module that provides a name which several modules offer. The same can be said with
   * {@code -Dfluxion.prefer=name=module,…}.
   *
   * @param name the name of an operator or a device
   * @param module the name of the module
   */
  public static void prefer(String name, String module) {
    Engines.current().plugins().prefer(name, module);
  }
}
