package fluxion.tests.docs;

import static fluxion.api.Tensors.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.LoadedPlugins;
import fluxion.api.Ops;
import fluxion.api.Plugins;
import fluxion.api.Tensor;
import fluxion.conformance.FunctionConformance;
import fluxion.engine.spi.FunctionProvider;
import fluxion.tests.support.Modules;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Holds the README's code to what it says: it compiles, runs and prints that. */
class ReadmeTest {
  @TempDir static Path folder;
  private static String readme;
  private static LoadedPlugins plugins;

  /** The fenced block after a comment. */
  private static String block(String comment, String language) {
    int at = readme.indexOf("<!-- " + comment + " -->");
    assertTrue(at >= 0, "the README has a block marked '" + comment + "'");
    String fence = "```" + language + "\n";
    int start = readme.indexOf(fence, at) + fence.length();
    return readme.substring(start, readme.indexOf("```", start));
  }

  private static String modulePath() {
    return Modules.paths(
            "fluxion.api",
            "fluxion.engine",
            "fluxion.ops.basic",
            "fluxion.ops.nn",
            "fluxion.backend.cpu")
        .stream()
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  @BeforeAll
  static void compile_the_operators() throws IOException {
    readme = Files.readString(Path.of("..", "README.md"));
    Path source = folder.resolve("src");
    Path modules = folder.resolve("modules");
    Files.createDirectories(source.resolve("my/ops"));
    Files.writeString(source.resolve("my/ops/MyOps.java"), block("compile: ReadmeTest", "java"));
    Files.writeString(
        source.resolve("module-info.java"),
        """
        module my.ops {
          requires fluxion.engine;
          provides fluxion.engine.spi.FunctionProvider with my.ops.MyOps;
        }
        """);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<String> options =
        List.of(
            "--module-version",
            "1.0.0",
            "--module-path",
            modulePath(),
            "-d",
            modules.resolve("my.ops").toString());
    try (Stream<Path> files = Files.walk(source);
        var manager = compiler.getStandardFileManager(null, null, null)) {
      List<Path> sources = files.filter(f -> f.toString().endsWith(".java")).toList();
      boolean compiled =
          compiler
              .getTask(
                  messages,
                  manager,
                  null,
                  options,
                  null,
                  manager.getJavaFileObjectsFromPaths(sources))
              .call();
      assertTrue(compiled, messages.toString());
    }
    plugins = Plugins.load(modules);
  }

  @AfterAll
  static void remove_the_operators() {
    plugins.close();
  }

  @Test
  void the_ten_lines_print_what_the_readme_says() throws Exception {
    Path demo = folder.resolve("Demo.java");
    Files.writeString(demo, block("run: ReadmeTest", "java"));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-p",
                modulePath(),
                "--add-modules",
                "fluxion.api",
                demo.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    // The JVM says on the error stream that the Vector API incubates.
    String own =
        output
            .lines()
            .filter(line -> !line.startsWith("WARNING: Using incubator modules"))
            .map(line -> line + "\n")
            .collect(Collectors.joining());
    assertEquals(block("output", "text"), own);
  }

  @Test
  void the_operators_are_found_by_name_and_differentiated() {
    Tensor x = tensor(1.0, -3.0).requiresGrad_();
    Tensor y = Ops.call("parabola", x, 0.5);
    assertArrayEquals(new double[] {0.5, 4.5}, y.toDoubleArray());
    y.add(Ops.call("isru", x)).sum().backward();
    double[] expected = {1 + Math.pow(2, -1.5), -3 + Math.pow(10, -1.5)};
    assertArrayEquals(expected, x.grad().toDoubleArray(), 1e-12);
  }

  @TestFactory
  Stream<DynamicNode> the_operators_pass_the_kit() {
    FunctionProvider provider =
        ServiceLoader.load(plugins.layer(), FunctionProvider.class).stream()
            .filter(p -> p.type().getName().equals("my.ops.MyOps"))
            .findFirst()
            .orElseThrow()
            .get();
    FunctionConformance kit = () -> provider;
    List<DynamicNode> nodes = new ArrayList<>();
    kit.rules().forEach(nodes::add);
    assertTrue(nodes.size() >= 2);
    return nodes.stream();
  }
}
