package fluxion.engine.registry;

import fluxion.api.LoadedPlugins;
import fluxion.api.Plugin;
import fluxion.api.PluginException;
import fluxion.engine.folder.PluginFolder;
import java.nio.file.Path;
import java.util.ArrayList;
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

  /** The jars of a directory that were refused, as the registry lists them. */
  static List<Found<Void>> refused(PluginFolder folder) {
    List<Found<Void>> refused = new ArrayList<>();
    for (PluginFolder.Refused jar : folder.refused()) {
      Found.Origin origin =
          new Found.Origin(jar.module(), jar.version(), folder.layer(), Location.of(jar.path()));
      refused.add(Found.refused(Plugin.Kind.JAR, jar.file(), origin, jar.refusal(), jar.thrown()));
    }
    return refused;
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
