package fluxion.architecture;

import static fluxion.architecture.House.API;
import static fluxion.architecture.House.BACKEND_CPU;
import static fluxion.architecture.House.BACKEND_GPU;
import static fluxion.architecture.House.CONFORMANCE;
import static fluxion.architecture.House.ENGINE;
import static fluxion.architecture.House.EXAMPLES;
import static fluxion.architecture.House.NN;
import static fluxion.architecture.House.OPS_BASIC;
import static fluxion.architecture.House.OPS_NN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows between modules, and what each lets others see. */
final class ModulesTest {

  /**
   * What a module may require besides {@code java.base} and the annotations of jspecify. An arrow
   * that is not here is a change of architecture: change {@code docs/architecture.md} with it.
   */
  private static final Map<House.Module, Set<String>> ARROWS =
      Map.of(
          API, Set.of(),
          ENGINE, Set.of("fluxion.api", "jdk.jfr", "osgi.core"),
          OPS_BASIC, Set.of("fluxion.api", "fluxion.engine"),
          OPS_NN, Set.of("fluxion.api", "fluxion.engine"),
          BACKEND_CPU, Set.of("fluxion.api", "fluxion.engine", "jdk.incubator.vector", "jdk.jfr"),
          BACKEND_GPU, Set.of("fluxion.api", "fluxion.engine", "jdk.jfr"),
          NN, Set.of("fluxion.api", "fluxion.ops.nn", "java.desktop"),
          CONFORMANCE, Set.of("fluxion.api", "fluxion.engine", "org.junit.jupiter.api"),
          EXAMPLES, Set.of("fluxion.api", "fluxion.nn", "fluxion.ops.nn"));

  private static final Map<House.Module, Set<String>> EXPORTS =
      Map.of(
          API, Set.of("fluxion.api", "fluxion.api.spi"),
          ENGINE, Set.of("fluxion.engine.spi", "fluxion.engine.spi.accelerator"),
          OPS_BASIC, Set.of("fluxion.ops.basic"),
          OPS_NN, Set.of("fluxion.ops.nn"),
          BACKEND_CPU, Set.of(),
          BACKEND_GPU, Set.of(),
          NN,
              Set.of(
                  "fluxion.nn",
                  "fluxion.nn.checkpoint",
                  "fluxion.nn.data",
                  "fluxion.nn.graph",
                  "fluxion.nn.models",
                  "fluxion.nn.norm",
                  "fluxion.nn.optim",
                  "fluxion.nn.sequence",
                  "fluxion.nn.spatial",
                  "fluxion.nn.training"),
          CONFORMANCE,
              Set.of(
                  "fluxion.conformance",
                  "fluxion.conformance.faulty",
                  "fluxion.conformance.fuzz",
                  "fluxion.conformance.reference",
                  "fluxion.conformance.suite"),
          EXAMPLES, Set.of());

  @ParameterizedTest
  @MethodSource("fluxion.architecture.House#modules")
  void a_module_requires_only_what_the_architecture_allows(House.Module module) {
    Set<String> extra = requires(module);
    extra.removeAll(ARROWS.get(module));
    assertEquals(Set.of(), extra, module + " requires more than the architecture allows");
  }

  @Test
  void nn_stands_on_api_and_ops_nn_alone_and_reads_pictures_where_the_jdk_can() {
    assertEquals(Set.of("fluxion.api", "fluxion.ops.nn", "java.desktop"), requires(NN));
    for (Requires requires : NN.descriptor().requires()) {
      if (requires.name().equals("java.desktop")) {
        assertEquals(Set.of(Requires.Modifier.STATIC), requires.modifiers());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("fluxion.architecture.House#modules")
  void an_image_without_the_flight_recorder_and_osgi_holds_every_module(House.Module module) {
    for (Requires requires : module.descriptor().requires()) {
      assertTrue(
          !Set.of("jdk.jfr", "osgi.core").contains(requires.name())
              || requires.modifiers().equals(Set.of(Requires.Modifier.STATIC)),
          module + " " + requires);
    }
  }

  @ParameterizedTest
  @MethodSource("fluxion.architecture.House#modules")
  void a_module_has_the_name_of_its_place(House.Module module) {
    ModuleDescriptor descriptor = module.descriptor();
    assertEquals(module.name(), descriptor.name());
    assertTrue(!descriptor.isOpen() && descriptor.opens().isEmpty(), module + " is open");
  }

  @ParameterizedTest
  @MethodSource("fluxion.architecture.House#modules")
  void a_module_exports_exactly_its_public_packages_and_to_everyone(House.Module module) {
    Set<String> exported = new TreeSet<>();
    for (ModuleDescriptor.Exports exports : module.descriptor().exports()) {
      assertTrue(!exports.isQualified(), "a back door: " + exports);
      exported.add(exports.source());
    }
    assertEquals(new TreeSet<>(EXPORTS.get(module)), exported);
  }

  @ParameterizedTest
  @MethodSource("fluxion.architecture.House#modules")
  void a_package_has_its_modules_name_in_front(House.Module module) {
    for (String name : module.packages()) {
      assertTrue(
          name.equals(module.name()) || name.startsWith(module.name() + "."),
          name + " is in " + module);
    }
  }

  @Test
  void no_package_is_split_between_modules() {
    Map<String, House.Module> homes = new TreeMap<>();
    for (House.Module module : House.modules()) {
      for (String name : module.packages()) {
        House.Module other = homes.put(name, module);
        assertTrue(other == null, name + " is in " + other + " and in " + module);
      }
    }
  }

  @Test
  void the_kit_provides_no_service() {
    assertEquals(Set.of(), CONFORMANCE.descriptor().provides());
  }

  private static Set<String> requires(House.Module module) {
    return module.descriptor().requires().stream()
        .filter(requires -> !isAnnotations(requires))
        .map(Requires::name)
        .filter(name -> !name.equals("java.base"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Annotations are for compiling only: nothing of them may be needed when the module runs. */
  private static boolean isAnnotations(Requires requires) {
    return requires.name().equals("org.jspecify")
        && requires.modifiers().equals(Set.of(Requires.Modifier.STATIC));
  }
}
