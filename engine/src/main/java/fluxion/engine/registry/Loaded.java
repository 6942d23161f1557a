package fluxion.engine.registry;

import fluxion.api.LoadedPlugins;
import fluxion.api.Plugin;
import fluxion.api.PluginException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The plugins of a directory. It lets go of their layer when it is closed. */
final class Loaded implements LoadedPlugins {
  private final Registry registry;
  private final Path directory;
  private volatile @Nullable ModuleLayer layer;

  Loaded(Registry registry, Path directory, ModuleLayer layer) {
    this.registry = registry;
    this.directory = directory;
    this.layer = layer;
  }

  @Override
  public Path directory() {
    return directory;
  }

  @Override
  public ModuleLayer layer() {
    ModuleLayer there = layer;
    if (there == null) {
      throw new PluginException("the plugins of " + directory + " were withdrawn");
    }
    return there;
  }

  @Override
  public List<Plugin> list() {
    ModuleLayer there = layer;
    return there == null ? List.of() : registry.list(there);
  }

  @Override
  public void close() {
    ModuleLayer there = layer;
    layer = null;
    if (there != null) {
      registry.remove(there);
    }
  }

  @Override
  public String toString() {
    return "plugins of " + directory;
  }
}
