package fluxion.conformance.cli;

import java.io.File;
import java.lang.module.FindException;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The module path of a worker: the plugins to judge, then the modules that this JVM runs on, then
 * whatever lies beside the plugins.
 *
 * @param entries the path, in the order of precedence
 * @param judged the names of the modules to judge; none for all
 */
record ModulePath(List<Path> entries, List<String> judged) {

  /**
   * The path for what is asked for.
   *
   * @throws UsageException if there is no plugin where plugins are to be
   */
  static ModulePath of(Options options) {
    String own = System.getProperty("jdk.module.path", "");
    if (own.isEmpty()) {
      throw new UsageException("the command runs on a module path, not on a class path");
    }
    List<Path> home =
        Pattern.compile(File.pathSeparator, Pattern.LITERAL)
            .splitAsStream(own)
            .map(Path::of)
            .toList();
    if (options.modulePath().isEmpty()) {
      return new ModulePath(home, List.of());
    }
    List<Path> entries = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (ModuleReference plugin : plugins(options.modulePath())) {
      names.add(plugin.descriptor().name());
      plugin.location().map(Path::of).ifPresent(entries::add);
    }
    entries.addAll(home);
    entries.addAll(options.modulePath());
    return new ModulePath(entries, options.isAll() ? List.of() : names);
  }

  private static List<ModuleReference> plugins(List<Path> path) {
    List<ModuleReference> plugins;
    try {
      plugins =
          ModuleFinder.of(path.toArray(Path[]::new)).findAll().stream()
              .filter(module -> Units.isPlugin(module.descriptor()))
              .toList();
    } catch (FindException e) {
      throw new UsageException("--module-path: " + e.getMessage(), e);
    }
    if (plugins.isEmpty()) {
      throw new UsageException(
          "--module-path: no module in "
              + path
              + " provides fluxion.engine.spi.BackendProvider or FunctionProvider, so there is"
              + " nothing to judge");
    }
    return plugins;
  }
}
