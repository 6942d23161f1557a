package fluxion.api;

import java.nio.file.Path;
import java.util.List;

/** The plugins of a directory of jars, for as long as they are loaded. */
public interface LoadedPlugins extends AutoCloseable {
  /** {@return the directory} */
  Path directory();

  /**
   * {@return the layer of the modules that were not refused}
   *
   * @throws PluginException if the plugins were withdrawn
   */
  ModuleLayer layer();

  /** {@return what was found in the directory, taken or refused; nothing once it was withdrawn} */
  List<Plugin> list();

  /**
   * Withdraws the plugins. Calls that run are not disturbed; later ones fail with an error that
   * names the module that is gone. The classes are unloaded once nothing of the program refers to
   * them. Doing so twice does nothing.
   */
  @Override
  void close();
}
