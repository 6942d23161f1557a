package fluxion.api.spi;

import fluxion.api.LoadedPlugins;
import fluxion.api.Plugin;
import fluxion.api.Selection;
import java.nio.file.Path;
import java.util.List;

/** The plugins that the engine has found. */
public interface PluginTable {
  /** {@return what was found, in the order of module names} */
  List<Plugin> list();

  /** {@return who serves each operator, device and accelerator} */
  List<Selection> selections();

  /**
   * Adds the plugins of a directory of jars.
   *
   * @param directory the directory
   * @return the plugins
   * @throws fluxion.api.PluginException if there is nothing that could be loaded
   */
  LoadedPlugins load(Path directory);

  /**
   * Adds the plugins of a layer of modules.
   *
   * @param layer the layer
   */
  void add(ModuleLayer layer);

  /**
   * Withdraws the plugins of a layer that was added.
   *
   * @param layer the layer
   */
  void remove(ModuleLayer layer);

  /**
   * Chooses the module that provides a name which several modules offer.
   *
   * @param name the name of an operator, a device or an accelerator
   * @param module the name of the module
   */
  void prefer(String name, String module);
}
