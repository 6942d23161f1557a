package fluxion.tests.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.conformance.Verdict;
import fluxion.conformance.suite.Check;
import fluxion.conformance.suite.Runner;
import fluxion.conformance.suite.Settings;
import fluxion.tests.support.Modules;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.module.ResolvedModule;
import java.lang.reflect.Constructor;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * A page that builds up a project: a block after {@code <!-- file: PATH -->} is a file of it, one
 * after any other comment is found by that comment.
 */
final class Guide {
  private static final Pattern BLOCK =
      Pattern.compile("<!-- ([^\\n]+) -->\\n```\\w*\\n(.*?\\n)```\\n", Pattern.DOTALL);

  private final Map<String, String> blocks = new LinkedHashMap<>();

  private Guide() {}

  /** The guide of a page in {@code docs}. */
  static Guide read(String page) throws IOException {
    Guide guide = new Guide();
    Matcher matcher = BLOCK.matcher(Files.readString(Path.of("..", "docs", page)));
    while (matcher.find()) {
      guide.blocks.merge(
          matcher.group(1),
          matcher.group(2),
          (first, second) -> {
            throw new AssertionError(page + " has two blocks '" + matcher.group(1) + "'");
          });
    }
    return guide;
  }

  /** The text of the block after a comment. */
  String block(String comment) {
    assertTrue(blocks.containsKey(comment), "the page has a block marked '" + comment + "'");
    return blocks.get(comment);
  }

  /** The files of the project, by their paths. */
  Map<String, String> files() {
    Map<String, String> files = new LinkedHashMap<>();
    blocks.forEach(
        (comment, text) -> {
          if (comment.startsWith("file: ")) {
            files.put(comment.substring("file: ".length()), text);
          }
        });
    return files;
  }

  /** Writes the project into a folder, which then has nothing else in it. */
  void write(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> old = Files.walk(folder)) {
        for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
    for (Map.Entry<String, String> file : files().entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
  }

  /** Runs the commands of a block in the project's folder. */
  void run(String block, Path project) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("sh", "-e", "-c", block("run: " + block))
            .directory(project.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
  }

  /** Holds the block that shows how a rule fails to what the first failing check says. */
  void requirePrinted(String rule, Function<Settings, List<Check>> suite, Settings settings) {
    Settings one = settings.withRules(rule);
    for (Check check : suite.apply(one)) {
      Verdict verdict = new Runner(one).run(check).verdict();
      if (verdict.kind() == Verdict.Kind.FAIL) {
        assertEquals(
            inOneLine(block("prints: " + rule)), inOneLine(check + " " + verdict.reason()));
        return;
      }
    }
    throw new AssertionError("no check of " + rule + " fails");
  }

  private static String inOneLine(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }

  /** Compiles the main sources of a project as the module that they are. */
  static void compileModule(Path project, Path target) throws IOException {
    compile(
        List.of(
            "--module-version",
            "1.0.0",
            "--module-path",
            path(Modules.paths("fluxion.api", "fluxion.engine"))),
        sources(project.resolve("src/main/java")),
        target);
  }

  /**
   * Compiles all sources of a project for a class path, where tests see what is not exported.
   *
   * @return a loader of its classes
   */
  static URLClassLoader compileTests(Path project, Path target) throws IOException {
    List<Path> libraries =
        ModuleLayer.boot().configuration().modules().stream()
            .map(ResolvedModule::reference)
            .flatMap(reference -> reference.location().stream())
            .filter(location -> location.getScheme().equals("file"))
            .map(Path::of)
            .toList();
    List<Path> sources =
        Stream.concat(
                sources(project.resolve("src/main/java")).stream(),
                sources(project.resolve("src/test/java")).stream())
            .filter(source -> !source.endsWith("module-info.java"))
            .toList();
    compile(List.of("--class-path", path(libraries)), sources, target);
    return new URLClassLoader(new URL[] {url(target)}, Guide.class.getClassLoader());
  }

  /** An instance of a class with a constructor that nobody else may call. */
  static <T> T instance(URLClassLoader classes, String name, Class<T> type)
      throws ReflectiveOperationException {
    Constructor<?> maker = classes.loadClass(name).getDeclaredConstructor();
    maker.setAccessible(true);
    return type.cast(maker.newInstance());
  }

  private static URL url(Path folder) throws MalformedURLException {
    URI uri = folder.toUri();
    return uri.toURL();
  }

  private static List<Path> sources(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  private static String path(List<Path> places) {
    return places.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  private static void compile(List<String> path, List<Path> sources, Path target)
      throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<String> options =
        Stream.concat(path.stream(), Stream.of("-proc:none", "-d", target.toString())).toList();
    try (var manager = compiler.getStandardFileManager(null, null, null)) {
      var units = manager.getJavaFileObjectsFromPaths(sources);
      boolean compiled = compiler.getTask(messages, manager, null, options, null, units).call();
      assertTrue(compiled, messages.toString());
    }
  }
}
