package fluxion.tests.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import fluxion.api.Ops;
import fluxion.api.Plugins;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import fluxion.conformance.FunctionConformance;
import fluxion.conformance.Suites;
import fluxion.engine.spi.FunctionProvider;
import fluxion.engine.spi.Registration;
import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.reflect.Method;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Follows docs/operator-authors.md to the letter. */
class OperatorAuthorsTest {
  private static final String TEST = "acme.ops.AcmeOpsTest";

  /** It stays there: {@code .ci/run} builds it with Maven, as the reader does. */
  private static final Path PROJECT = Path.of("target", "guides", "operator-authors");

  @TempDir static Path folder;
  private static Guide guide;
  private static URLClassLoader classes;
  private static FunctionConformance test;

  @BeforeAll
  static void write_and_compile_the_files() throws Exception {
    guide = Guide.read("operator-authors.md");
    guide.write(PROJECT);
    Guide.compileModule(PROJECT, folder.resolve("modules/acme.ops"));
    classes = Guide.compileTests(PROJECT, folder.resolve("classes"));
    test = Guide.instance(classes, TEST, FunctionConformance.class);
  }

  @AfterAll
  static void close() throws IOException {
    classes.close();
  }

  @Test
  void its_module_is_found_by_an_application() {
    try (var _ = Plugins.load(folder.resolve("modules"))) {
      Tensor x = Tensors.tensor(0.0).requiresGrad_();
      Tensor y = Ops.call("squareplus", x);
      y.backward();
      assertEquals(1.0, y.item());
      assertEquals(0.5, x.grad().item());
    }
  }

  /** As the module that the page makes of them: rules about plugins look at that. */
  @TestFactory
  Stream<DynamicNode> its_operators_pass_the_kit() {
    Configuration modules =
        ModuleLayer.boot()
            .configuration()
            .resolve(
                ModuleFinder.of(folder.resolve("modules")), ModuleFinder.of(), Set.of("acme.ops"));
    ModuleLayer layer =
        ModuleLayer.boot().defineModulesWithOneLoader(modules, getClass().getClassLoader());
    FunctionProvider provider =
        ServiceLoader.load(layer, FunctionProvider.class).stream()
            .filter(found -> found.type().getModule().getName().equals("acme.ops"))
            .findFirst()
            .orElseThrow()
            .get();
    FunctionConformance kit = () -> provider;
    return kit.rules();
  }

  @Test
  void its_own_tests_pass() throws ReflectiveOperationException {
    List<Method> methods =
        Arrays.stream(test.getClass().getDeclaredMethods())
            .filter(method -> method.isAnnotationPresent(Test.class))
            .toList();
    assertFalse(methods.isEmpty());
    try (Registration registration = Registration.of(test.provider())) {
      assertEquals("", registration.refusal());
      for (Method method : methods) {
        method.setAccessible(true);
        method.invoke(test);
      }
    }
  }

  @Test
  void a_mistake_is_shown_as_the_page_shows_it() throws Exception {
    Path project = folder.resolve("broken");
    guide.write(project);
    guide.run("break it", project);
    try (URLClassLoader broken = Guide.compileTests(project, folder.resolve("brokenClasses"))) {
      FunctionConformance failing = Guide.instance(broken, TEST, FunctionConformance.class);
      guide.requirePrinted(
          "F-201", settings -> Suites.of(failing.provider(), settings), failing.settings());
    }
  }
}
