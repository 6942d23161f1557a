import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.io.Writer;
import java.lang.module.ModuleFinder;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import jdk.jshell.Diag;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.tool.JavaShellToolBuilder;

/** The command {@code shell}: jshell with everything imported, or a script run as if typed. */
final class Shell {
  private static final String USAGE =
      """
      usage: fluxion [--module-path PATH] shell [SCRIPT]

      Opens jshell with Fluxion imported: tensor(1, 2, 3) prints the tensor. /exit leaves it.

        SCRIPT   a file of Java statements, run instead; an expression without a semicolon at its
                 end prints its value. The first error ends it with status 1
      """;

  /** What is imported, by the module that it is from. */
  private static final Map<String, List<String>> IMPORTS = new LinkedHashMap<>();

  static {
    IMPORTS.put(
        "java.base",
        List.of(
            "java.io.*",
            "java.math.*",
            "java.nio.file.*",
            "java.util.*",
            "java.util.function.*",
            "java.util.stream.*"));
    IMPORTS.put(
        "fluxion.api",
        List.of(
            "fluxion.api.*",
            "static fluxion.api.Autograd.*",
            "static fluxion.api.TensorOptions.*",
            "static fluxion.api.Tensors.*"));
    IMPORTS.put("fluxion.ops.basic", List.of("fluxion.ops.basic.*"));
    IMPORTS.put("fluxion.ops.nn", List.of("fluxion.ops.nn.*"));
    IMPORTS.put(
        "fluxion.nn",
        List.of(
            "fluxion.nn.*",
            "fluxion.nn.checkpoint.*",
            "fluxion.nn.data.*",
            "fluxion.nn.graph.*",
            "fluxion.nn.models.*",
            "fluxion.nn.norm.*",
            "fluxion.nn.optim.*",
            "fluxion.nn.sequence.*",
            "fluxion.nn.spatial.*",
            "fluxion.nn.training.*"));
  }

  /** How jshell shows what it computed: values alone, and whole. */
  private static final String MODE =
      """
      /set mode fluxion concise -command
      /set prompt fluxion ">>> " "... "
      /set truncation fluxion 100000
      /set format fluxion display "{value}{post}" expression,varvalue-added,modified,replaced-ok-primary
      /set mode -retain fluxion
      /set feedback -retain fluxion
      /exit
      """;

  /** Keeps the compiler from saying with each error that a module incubates. */
  private static final String QUIET = "-Xlint:-incubating";

  /** How a line begins that goes on with the statement of the line before. */
  private static final Pattern CONTINUATION =
      Pattern.compile("\\s*(\\.\\s*[A-Za-z_<]|[?:+\\-*/%&|^=<>]+\\s|(else|catch|finally)\\b).*");

  private static final Set<Snippet.SubKind> VALUES =
      Set.of(Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND, Snippet.SubKind.VAR_VALUE_SUBKIND);

  private final String modulePath;
  private final ModuleFinder finder;

  private Shell(String modulePath) {
    this.modulePath = modulePath;
    this.finder = Fluxion.finder(modulePath);
  }

  /**
   * Runs the command.
   *
   * @param modulePath where the modules are
   * @param folder where files for jshell may be written
   * @param args the arguments
   * @return the exit status
   */
  static int run(String modulePath, Path folder, List<String> args) throws Exception {
    if (args.contains("--help") || args.contains("-h")) {
      System.out.print(USAGE);
      return 0;
    }
    if (args.size() > 1) {
      System.err.print(USAGE);
      return 2;
    }
    Shell shell = new Shell(modulePath);
    if (args.isEmpty()) {
      return shell.open(folder);
    }
    Path script = Path.of(args.getFirst());
    try {
      return shell.runScript(script, Files.readAllLines(script));
    } catch (NoSuchFileException e) {
      System.err.println("fluxion shell: there is no file " + script);
      return 2;
    } catch (MalformedInputException e) {
      System.err.println("fluxion shell: " + script + " is no text in UTF-8");
      return 2;
    }
  }

  private List<String> imports() {
    List<String> imports = new ArrayList<>();
    IMPORTS.forEach(
        (module, names) -> {
          if (module.equals("java.base") || finder.find(module).isPresent()) {
            names.forEach(name -> imports.add("import " + name + ";"));
          }
        });
    return imports;
  }

  /** All modules of the path are there, whether or not a snippet names them. */
  private List<String> options() {
    TreeSet<String> names = new TreeSet<>();
    finder.findAll().forEach(module -> names.add(module.descriptor().name()));
    List<String> options = new ArrayList<>();
    options.addAll(List.of("--module-path", modulePath));
    options.addAll(List.of("--add-modules", String.join(",", names)));
    return options;
  }

  private List<String> runtimeOptions() {
    List<String> options = new ArrayList<>();
    if (Fluxion.osIs("linux")) {
      options.add("-XX:+UseTransparentHugePages");
    }
    if (finder.find(Fluxion.GPU_MODULE).isPresent()) {
      options.add("--enable-native-access=" + Fluxion.GPU_MODULE);
    }
    return options;
  }

  // --- by hand ---

  private int open(Path folder) throws Exception {
    Files.createDirectories(folder);
    Path startup = folder.resolve("startup.jsh");
    Files.writeString(startup, String.join("\n", imports()) + "\n");
    // what jshell keeps from one time to the next: how it shows values, and what was typed
    Path file = folder.resolve("shell.properties");
    Properties kept = new Properties();
    if (Files.exists(file)) {
      try (Reader in = Files.newBufferedReader(file)) {
        kept.load(in);
      }
    }
    Map<String, String> persistent = new HashMap<>();
    kept.stringPropertyNames().forEach(key -> persistent.put(key, kept.getProperty(key)));
    if (persistent.isEmpty()) {
      teach(persistent);
    }
    List<String> call = options();
    runtimeOptions().forEach(option -> call.add("-R" + option));
    call.add("-C" + QUIET);
    call.addAll(List.of("--startup", startup.toString()));
    int status =
        JavaShellToolBuilder.builder().persistence(persistent).start(call.toArray(String[]::new));
    Properties now = new Properties();
    now.putAll(persistent);
    try (Writer out = Files.newBufferedWriter(file)) {
      now.store(out, null);
    }
    return status;
  }

  /** Gives jshell its mode, which it takes by hand alone. */
  private static void teach(Map<String, String> persistent) throws Exception {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
    JavaShellToolBuilder.builder()
        .persistence(persistent)
        .in(new ByteArrayInputStream(MODE.getBytes(UTF_8)), null)
        .out(nowhere)
        .start("--execution", "local", "--no-startup");
    persistent.keySet().removeIf(key -> key.startsWith("HISTORY"));
  }

  // --- a script ---

  private int runScript(Path script, List<String> lines) {
    List<String> runtime = options();
    runtime.addAll(runtimeOptions());
    List<String> compiler = options();
    compiler.add(QUIET);
    try (JShell shell =
        JShell.builder()
            .in(System.in)
            .out(System.out)
            .err(System.err)
            .remoteVMOptions(runtime.toArray(String[]::new))
            .compilerOptions(compiler.toArray(String[]::new))
            .build()) {
      for (String line : imports()) {
        for (SnippetEvent event : shell.eval(line)) {
          if (event.status() == Snippet.Status.REJECTED) {
            System.err.println("fluxion shell: " + line + " is refused");
            return 1;
          }
        }
      }
      return runLines(shell, script, lines);
    }
  }

  private static int runLines(JShell shell, Path script, List<String> lines) {
    SourceCodeAnalysis analysis = shell.sourceCodeAnalysis();
    String open = "";
    int begin = 0;
    for (int i = 0; i < lines.size(); i++) {
      if (open.isBlank()) {
        begin = i + 1;
      }
      open = open + lines.get(i) + "\n";
      while (!open.isBlank()) {
        CompletionInfo info = analysis.analyzeCompletion(open);
        boolean last = i == lines.size() - 1;
        if (info.completeness() == Completeness.DEFINITELY_INCOMPLETE
            || (info.completeness() == Completeness.CONSIDERED_INCOMPLETE && !last)) {
          break;
        }
        if (info.completeness() == Completeness.EMPTY) {
          open = "";
          break;
        }
        boolean whole = info.remaining() == null || info.remaining().isBlank();
        if (whole && !last && CONTINUATION.matcher(lines.get(i + 1)).matches()) {
          break;
        }
        String source = info.source() == null || info.source().isBlank() ? open : info.source();
        String rest = info.source() == null || info.source().isBlank() ? "" : info.remaining();
        String shown = open.substring(0, open.length() - rest.length());
        if (!evaluate(shell, source, isShown(shown), script + ":" + begin)) {
          return 1;
        }
        open = rest;
      }
    }
    if (!open.isBlank()) {
      System.err.println(script + ":" + begin + ": what begins here does not end");
      return 1;
    }
    return 0;
  }

  /** Whether a snippet asks for its value: it has no semicolon at its end. */
  private static boolean isShown(String snippet) {
    String code = Pattern.compile("//.*$", Pattern.MULTILINE).matcher(snippet).replaceAll("");
    return !code.strip().endsWith(";");
  }

  private static boolean evaluate(JShell shell, String source, boolean shown, String place) {
    for (SnippetEvent event : shell.eval(source)) {
      if (event.causeSnippet() != null) {
        continue;
      }
      if (event.status() == Snippet.Status.REJECTED) {
        for (Diag problem : shell.diagnostics(event.snippet()).toList()) {
          if (problem.isError()) {
            System.err.println(
                place
                    + ": "
                    + problem.getMessage(null).replaceFirst("\\R\\s*location: class\\s*$", ""));
          }
        }
        return false;
      }
      if (event.status() == Snippet.Status.RECOVERABLE_DEFINED
          || event.status() == Snippet.Status.RECOVERABLE_NOT_DEFINED) {
        // what it names may be defined further down
        continue;
      }
      if (event.exception() != null) {
        System.err.println(place + ": " + text(event.exception()));
        return false;
      }
      if (shown && VALUES.contains(event.snippet().subKind()) && event.value() != null) {
        System.out.println(event.value());
      }
    }
    return true;
  }

  private static String text(Throwable thrown) {
    String kind =
        thrown instanceof EvalException e ? e.getExceptionClassName() : thrown.getClass().getName();
    StringBuilder text = new StringBuilder(kind);
    if (thrown.getMessage() != null) {
      text.append(": ").append(thrown.getMessage());
    }
    for (StackTraceElement element : thrown.getStackTrace()) {
      text.append(System.lineSeparator()).append("    at ").append(element);
    }
    return text.toString();
  }
}
