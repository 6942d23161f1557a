package fluxion.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that has nothing but the published jars: on each path, and in an image of its own. */
final class PublishedProgramTest {
  private static final int SECONDS = 120;
  private static final String GRADIENT = "tensor([2., 4., 6.], dtype=torch.float64)";

  /** What the program needs; the other jars are as good as missing. */
  private static final List<House.Module> NEEDED =
      List.of(House.API, House.ENGINE, House.OPS_BASIC, House.BACKEND_CPU);

  private static final String PROGRAM =
      """
      import fluxion.api.Tensor;
      import fluxion.api.Tensors;

      public final class Gradient {
        public static void main(String[] arguments) {
          Tensor x = Tensors.tensor(1.0, 2.0, 3.0).requiresGrad_(true);
          x.mul(x).sum().backward();
          System.out.println(x.grad());
        }
      }
      """;

  @TempDir static Path folder;
  private static Path classes;

  @BeforeAll
  static void compile_the_program_against_the_api_alone() {
    classes = folder.resolve("classes");
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> options =
        List.of("-d", classes.toString(), "-cp", House.API.jar().toString(), "-proc:none");
    assertTrue(
        compiler.getTask(null, null, null, options, null, List.of(new Source())).call(),
        "the program does not compile");
  }

  private static final class Source extends SimpleJavaFileObject {
    Source() {
      super(URI.create("string:///Gradient.java"), Kind.SOURCE);
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return PROGRAM;
    }
  }

  private static String jars(List<House.Module> modules) {
    return modules.stream()
        .map(module -> module.jar().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Path tool(Path home, String name) {
    return home.resolve("bin").resolve(name);
  }

  private static Path jdk() {
    return Path.of(System.getProperty("java.home"));
  }

  private static String run(Path tool, String... arguments)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile(folder, "output", ".txt");
    List<String> call = new ArrayList<>(List.of(tool.toString()));
    call.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(call).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    process.getOutputStream().close();
    boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    String text =
        Files.readString(output, StandardCharsets.UTF_8)
            .lines()
            .filter(line -> !line.contains("incubator modules"))
            .collect(Collectors.joining("\n"));
    assertTrue(ended, () -> "still running after " + SECONDS + " s: " + call + "\n" + text);
    assertEquals(0, process.exitValue(), () -> call + "\n" + text);
    return text;
  }

  @Test
  void the_jars_run_on_the_class_path() throws Exception {
    assertEquals(
        GRADIENT,
        run(
            tool(jdk(), "java"),
            "-XX:TieredStopAtLevel=1",
            "--add-modules",
            "jdk.incubator.vector",
            "-cp",
            jars(NEEDED) + File.pathSeparator + classes,
            "Gradient"));
  }

  @Test
  void the_jars_run_on_the_module_path() throws Exception {
    assertEquals(
        GRADIENT,
        run(
            tool(jdk(), "java"),
            "-XX:TieredStopAtLevel=1",
            "--module-path",
            jars(NEEDED),
            "--add-modules",
            "fluxion.api",
            "-cp",
            classes.toString(),
            "Gradient"));
  }

  @Test
  void every_jar_of_the_library_may_be_on_the_class_path() throws Exception {
    List<House.Module> all = new ArrayList<>(NEEDED);
    all.addAll(List.of(House.OPS_NN, House.NN));
    String plugins =
        run(
            tool(jdk(), "java"),
            "-XX:TieredStopAtLevel=1",
            "--add-modules",
            "jdk.incubator.vector",
            "-cp",
            jars(all),
            "fluxion.engine.PluginsCommand");
    assertTrue(plugins.contains("nothing refused"), plugins);
    assertTrue(plugins.contains("BasicFunctions"), plugins);
    assertTrue(plugins.contains("NnFunctions"), plugins);
    assertTrue(plugins.contains("CpuBackendProvider"), plugins);
  }

  @Test
  void on_a_class_path_without_vectors_the_refusal_names_the_option_that_is_missing()
      throws Exception {
    String plugins =
        run(
            tool(jdk(), "java"),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            jars(NEEDED),
            "fluxion.engine.PluginsCommand");
    assertTrue(
        plugins
            .replaceAll("\\s+", " ")
            .contains(
                "offers no device: the JDK's module jdk.incubator.vector is not there; start Java"
                    + " with --add-modules jdk.incubator.vector"),
        plugins);
  }

  @Test
  void the_jars_make_an_image_that_runs_without_a_jdk() throws Exception {
    Path image = folder.resolve("image");
    run(
        tool(jdk(), "jlink"),
        "--module-path",
        jars(NEEDED),
        "--add-modules",
        NEEDED.stream().map(House.Module::name).collect(Collectors.joining(",")),
        "--output",
        image.toString());
    String modules = run(tool(image, "java"), "--list-modules");
    for (House.Module module : NEEDED) {
      assertTrue(modules.contains(module.name() + "@"), modules);
    }
    assertEquals(
        List.of("java.base", "jdk.incubator.vector"),
        modules
            .lines()
            .map(line -> line.replaceFirst("@.*", ""))
            .filter(name -> !name.startsWith("fluxion."))
            .toList());
    assertEquals(
        GRADIENT,
        run(
            tool(image, "java"),
            "--add-modules",
            "fluxion.api",
            "-cp",
            classes.toString(),
            "Gradient"));
  }
}
