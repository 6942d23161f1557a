package fluxion.api;

import fluxion.api.spi.Engines;
import java.nio.file.Path;
import java.util.List;

/** The plugins of the running engine: what there is, and how more are added. */
public final class Plugins {
  private Plugins() {}

  /** {@return what the engine found, taken or refused, in the order of module names} */
  public static List<Plugin> list() {
    return Engines.current().plugins().list();
  }

  /** {@return who serves each operator, device and accelerator, and why} */
  public static List<Selection> selections() {
    return Engines.current().plugins().selections();
  }

  /**
   * Adds the plugins of a directory of jars while the application runs, as a layer of modules of
   * their own above the engine's.
   *
   * <p>A jar that cannot be used is refused by itself, and the others are loaded: {@link
   * LoadedPlugins#list} says which and why. A plugin is code that can do whatever this program can.
   * If there is a file {@code fluxion.lock} in the directory, only jars with the content that it
   * states are loaded; {@code docs/plugins.md} says how to ask for more.
   *
   * @param directory holds jars, or folders of classes, each a module
   * @return the plugins, which can be withdrawn
   * @throws PluginException if the directory cannot be read or has nothing that could be a module
   */
  public static LoadedPlugins load(Path directory) {
    return Engines.current().plugins().load(directory);
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
   * @param name the name of an operator, a device or an accelerator; {@code op:}, {@code device:}
   *     or {@code accelerator:} before it says which of them is meant
   * @param module the name of the module
   */
  public static void prefer(String name, String module) {
    Engines.current().plugins().prefer(name, module);
  }
}
