package fluxion.tests.support;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Where this program's modules lie: in jars, or in folders of classes before they are packaged. */
public final class Modules {
  private Modules() {}

  /** The places of some modules, in this order. */
  public static List<Path> paths(String... modules) {
    return Arrays.stream(modules).map(Modules::path).toList();
  }

  /** The places of all modules of this program that are not the JDK's. */
  public static List<Path> all() {
    return ModuleLayer.boot().configuration().modules().stream()
        .flatMap(found -> found.reference().location().stream())
        .filter(place -> place.getScheme().equals("file"))
        .map(Path::of)
        .toList();
  }

  private static Path path(String module) {
    return ModuleLayer.boot()
        .configuration()
        .findModule(module)
        .flatMap(found -> found.reference().location())
        .map(Path::of)
        .orElseThrow(() -> new AssertionError("this program runs without module " + module));
  }
}
