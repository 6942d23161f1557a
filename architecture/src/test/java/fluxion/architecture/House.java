package fluxion.architecture;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The modules of the project as they lie on disk: sources, classes, descriptors and jars. */
final class House {
  static final Path ROOT = Path.of(System.getProperty("fluxion.root"));

  /** One module: the folder it lives in and the name it has. */
  record Module(String folder, String name) {

    Path directory() {
      return ROOT.resolve(folder);
    }

    Path classes() {
      return directory().resolve("target/classes");
    }

    ModuleDescriptor descriptor() {
      try (InputStream in = Files.newInputStream(classes().resolve("module-info.class"))) {
        return ModuleDescriptor.read(in);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** The packages that have classes, whatever the descriptor says. */
    Set<String> packages() {
      return files(classes(), ".class").stream()
          .filter(file -> !file.endsWith("module-info.class"))
          .map(file -> classes().relativize(file.getParent()).toString().replaceAll("[/\\\\]", "."))
          .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The jar; where the build stopped before packaging, the test that asks is skipped. */
    Path jar() {
      List<Path> jars =
          files(directory().resolve("target"), ".jar").stream()
              .filter(jar -> jar.getParent().endsWith("target"))
              .filter(jar -> !jar.toString().matches(".*-(sources|javadoc)\\.jar"))
              .toList();
      Assumptions.assumeFalse(jars.isEmpty(), "no jar of " + name + " yet: run mvn verify");
      if (jars.size() > 1) {
        throw new IllegalStateException("more than one jar of " + name + ": " + jars);
      }
      return jars.getFirst();
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static final Module API = new Module("api", "fluxion.api");
  static final Module ENGINE = new Module("engine", "fluxion.engine");
  static final Module OPS_BASIC = new Module("ops-basic", "fluxion.ops.basic");
  static final Module OPS_NN = new Module("ops-nn", "fluxion.ops.nn");
  static final Module BACKEND_CPU = new Module("backend-cpu", "fluxion.backend.cpu");
  static final Module BACKEND_GPU = new Module("backend-gpu", "fluxion.backend.gpu");
  static final Module NN = new Module("nn", "fluxion.nn");
  static final Module CONFORMANCE = new Module("conformance", "fluxion.conformance");
  static final Module EXAMPLES = new Module("examples/app", "fluxion.examples");

  private static final List<Module> MODULES =
      List.of(API, ENGINE, OPS_BASIC, OPS_NN, BACKEND_CPU, BACKEND_GPU, NN, CONFORMANCE, EXAMPLES);

  private House() {}

  static List<Module> modules() {
    return MODULES;
  }

  /**
   * The files of a tree with this ending, build output left out unless the tree is build output.
   */
  static List<Path> files(Path tree, String ending) {
    if (!Files.isDirectory(tree)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(tree)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.toString().endsWith(ending))
          .filter(file -> !tree.relativize(file).toString().matches("(.*[/\\\\])?target[/\\\\].*"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
