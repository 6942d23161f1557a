package fluxion.tests.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import fluxion.api.Ops;
import fluxion.api.Plugins;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import fluxion.conformance.FunctionConformance;
import fluxion.engine.spi.FunctionProvider;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Follows docs/operator-authors.md to the letter. */
class OperatorAuthorsTest {
  /** It stays there: {@code .ci/run} builds it with Maven, as the reader does. */
  private static final Path PROJECT = Path.of("target", "guides", "operator-authors");

  @TempDir static Path folder;
  private static ModuleLayer layer;

  @BeforeAll
  static void write_and_compile_the_files() throws IOException {
    Guide.read("operator-authors.md").write(PROJECT);
    Guide.compileModule(PROJECT, folder.resolve("modules/acme.ops"));
    layer = Plugins.add(folder.resolve("modules"));
  }

  @AfterAll
  static void remove() {
    Plugins.remove(layer);
  }

  @Test
  void its_module_is_found_by_an_application() {
    Tensor x = Tensors.tensor(0.0).requiresGrad_();
    Tensor y = Ops.call("squareplus", x);
    y.backward();
    assertEquals(1.0, y.item());
    assertEquals(0.5, x.grad().item());
  }

  @TestFactory
  Stream<DynamicNode> its_operators_pass_the_kit() {
    FunctionProvider provider =
        ServiceLoader.load(layer, FunctionProvider.class).stream()
            .filter(found -> found.type().getName().equals("acme.ops.AcmeOps"))
            .findFirst()
            .orElseThrow()
            .get();
    FunctionConformance kit = () -> provider;
    List<DynamicNode> nodes = new ArrayList<>();
    kit.rules().forEach(nodes::add);
    assertFalse(nodes.isEmpty());
    return nodes.stream();
  }

  @Test
  void its_own_tests_pass() throws Throwable {
    try (URLClassLoader classes = Guide.compileTests(PROJECT, folder.resolve("classes"))) {
      Constructor<?> maker = classes.loadClass("acme.ops.AcmeOpsTest").getDeclaredConstructor();
      maker.setAccessible(true);
      Object test = maker.newInstance();
      List<Method> methods =
          Arrays.stream(test.getClass().getDeclaredMethods())
              .filter(method -> method.isAnnotationPresent(Test.class))
              .toList();
      assertFalse(methods.isEmpty());
      for (Method method : methods) {
        method.setAccessible(true);
        method.invoke(test);
      }
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
