package fluxion.api.spi;

import fluxion.api.Plugin;
import java.util.List;

/** The plugins that the engine has found. */
public interface PluginTable {
  /** {@return what was found, in the order of module names} */
  List<Plugin> list();

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
   * @param name the name of an operator or a device
   * @param module the name of the module
   */
  void prefer(String name, String module);
}
