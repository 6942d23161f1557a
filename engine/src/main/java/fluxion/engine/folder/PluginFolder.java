package fluxion.engine.folder;

import fluxion.api.PluginException;
import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.FindException;
import java.lang.module.ModuleFinder;
import java.lang.module.ResolutionException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a directory of jars holds: a layer of the modules that fit together, above the engine's, and
 * the jars that were refused.
 */
public final class PluginFolder {
  /**
   * A jar, or a folder of classes, that cannot be used.
   *
   * @param path the jar
   * @param module its module, or its file's name where that is not known
   * @param version the module's version, or the empty text
   * @param refusal why, and what to do; begins with the file's name
   * @param thrown what the JDK says of it, or null
   */
  public record Refused(
      Path path, String module, String version, String refusal, @Nullable Throwable thrown) {
    /** {@return the file's name} */
    public String file() {
      return String.valueOf(path.getFileName());
    }
  }

  private final Path directory;
  private final List<Artefact> artefacts;
  private final ModuleLayer parent;
  private final ModuleLayer layer;

  private PluginFolder(Path directory, List<Artefact> artefacts, ModuleLayer parent) {
    this.directory = directory;
    this.artefacts = artefacts;
    this.parent = parent;
    new Checks(directory, artefacts, parent).refuseMisfits();
    this.layer = define();
  }

  /**
   * {@return what a directory holds}
   *
   * @param directory the directory
   * @throws PluginException if it cannot be read, or holds nothing that could be a module
   */
  public static PluginFolder read(Path directory) {
    ModuleLayer home = PluginFolder.class.getModule().getLayer();
    List<Artefact> artefacts = new ArrayList<>();
    Trust trust = Trust.of(directory);
    for (Path path : candidates(directory)) {
      artefacts.add(Artefact.read(path, trust));
    }
    for (Path path : trust.missing(artefacts.stream().map(Artefact::path).toList())) {
      artefacts.add(Artefact.missing(path, trust));
    }
    return new PluginFolder(directory, artefacts, home == null ? ModuleLayer.boot() : home);
  }

  /** What might be a module, in the order of the names. */
  private static Set<Path> candidates(Path directory) {
    Set<Path> paths = new TreeSet<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        if (entry.toString().endsWith(".jar") || Artefact.isFolderOfClasses(entry)) {
          paths.add(entry);
        }
      }
    } catch (NoSuchFileException e) {
      throw new PluginException("there is no folder " + directory + " to load plugins from", e);
    } catch (IOException | DirectoryIteratorException e) {
      throw new PluginException(
          "the folder " + directory + " cannot be read: " + e.getMessage(), e);
    }
    if (paths.isEmpty()) {
      throw new PluginException("there is no module in " + directory + " to load: expected jars");
    }
    return paths;
  }

  /** {@return the layer of the modules that can be used, possibly none} */
  public ModuleLayer layer() {
    return layer;
  }

  /** {@return what cannot be used} */
  public List<Refused> refused() {
    return artefacts.stream()
        .filter(artefact -> !artefact.isGood())
        .map(Artefact::refused)
        .toList();
  }

  private List<Artefact> good() {
    return artefacts.stream().filter(Artefact::isGood).toList();
  }

  // ---- the layer

  private ModuleLayer define() {
    while (true) {
      List<Artefact> good = good();
      try {
        return parent.defineModulesWithOneLoader(
            resolve(good), PluginFolder.class.getClassLoader());
      } catch (FindException | ResolutionException | LayerInstantiationException e) {
        refuseUnresolvable(good, e);
      }
    }
  }

  /** Refuses at least one: those that do not even resolve with what they require, else all. */
  private void refuseUnresolvable(List<Artefact> good, RuntimeException together) {
    boolean found = false;
    for (Artefact artefact : good) {
      try {
        resolve(good, Set.of(artefact.module()));
      } catch (FindException | ResolutionException alone) {
        artefact.refuse("cannot be loaded: " + alone.getMessage(), alone);
        found = true;
      }
    }
    if (!found) {
      good.forEach(
          artefact ->
              artefact.refuse(
                  "cannot be loaded with the others in " + directory + ": " + together.getMessage(),
                  together));
    }
  }

  private Configuration resolve(List<Artefact> good) {
    return resolve(good, good.stream().map(Artefact::module).collect(Collectors.toSet()));
  }

  private Configuration resolve(List<Artefact> good, Set<String> roots) {
    return parent.configuration().resolve(new KnownModules(good), ModuleFinder.of(), roots);
  }
}
