import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.module.Configuration;
import java.lang.module.FindException;
import java.lang.module.ModuleFinder;
import java.lang.module.ResolutionException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The command {@code image}: links a runtime of its own with the chosen plugins, gives it an AOT
 * cache and a launcher, and says how large it is and how fast it starts.
 */
final class Image {
  /** A program that the image's launcher runs where its module is in the image. */
  record Program(String name, String module, String main) {}

  /** What {@code --with} may name: the project's modules by their folders. */
  private static final Map<String, String> PROJECT = new LinkedHashMap<>();

  static {
    PROJECT.put("ops-basic", "fluxion.ops.basic");
    PROJECT.put("ops-nn", "fluxion.ops.nn");
    PROJECT.put("backend-cpu", "fluxion.backend.cpu");
    PROJECT.put("backend-gpu", "fluxion.backend.gpu");
    PROJECT.put("nn", "fluxion.nn");
    PROJECT.put("examples", "fluxion.examples");
  }

  private static final String USAGE =
      """
      usage: fluxion [--module-path PATH] image [--with NAMES] [--strip] [--output DIR]

      Links a self-contained image: a runtime, the chosen plugins and a launcher, bin/fluxion.

        --with NAMES   what it holds besides the API, the engine and ops-basic, separated by
                       commas: ops-nn, backend-cpu, backend-gpu, nn, examples (the programs
                       train, tutorials, graph and resnet, with all that they need), modules on
                       the module path, modules of the JDK such as java.desktop; if it is not
                       said, ops-nn,backend-cpu,nn,examples
        --strip        leaves out line numbers and names of variables, which makes it 3 MB smaller
                       and stack traces harder to read
        --output DIR   where it goes; if it is not said, target/image. An image that is there
                       already is replaced

      With --module-path the modules come from there alone.
      """;

  private static final int STARTS = 3;
  private static final String OPS_BASIC = "ops-basic";
  private static final String CACHE = "lib/fluxion.aot";

  /** By this file an image is known again, so that nothing else is ever deleted. */
  private static final String MARK = "lib/fluxion.image";

  private final ModuleFinder finder;
  private final String modulePath;
  private final List<Program> programs;
  private final Path output;
  private final List<String> roots;
  private final boolean strip;

  private Image(
      String modulePath, List<Program> programs, Path output, List<String> roots, boolean strip) {
    this.modulePath = modulePath;
    this.finder = Fluxion.finder(modulePath);
    this.programs = programs;
    this.output = output;
    this.roots = roots;
    this.strip = strip;
  }

  /**
   * Runs the command.
   *
   * @param modulePath where the modules are
   * @param programs what the launcher may run
   * @param fallback where the image goes if the arguments do not say
   * @param args the arguments
   * @return the exit status
   */
  static int run(String modulePath, List<Program> programs, Path fallback, List<String> args)
      throws IOException, InterruptedException {
    Path output = fallback;
    List<String> with = List.of("ops-nn", "backend-cpu", "nn", "examples");
    boolean strip = false;
    for (int i = 0; i < args.size(); i++) {
      String option = args.get(i);
      if (option.equals("--help") || option.equals("-h")) {
        System.out.print(USAGE);
        return 0;
      }
      if (option.equals("--strip")) {
        strip = true;
        continue;
      }
      if (!option.equals("--with") && !option.equals("--output")) {
        return fail(2, "unknown argument '" + option + "' (see --help)");
      }
      if (i + 1 == args.size()) {
        return fail(2, option + " needs a value");
      }
      i++;
      if (option.equals("--with")) {
        with = List.of(args.get(i).split(","));
      } else {
        output = Path.of(args.get(i)).toAbsolutePath().normalize();
      }
    }
    Set<String> roots = new LinkedHashSet<>(List.of("fluxion.api", "fluxion.engine"));
    roots.add(PROJECT.get(OPS_BASIC));
    for (String name : with) {
      if (!name.isBlank()) {
        roots.add(PROJECT.getOrDefault(name.strip(), name.strip()));
      }
    }
    return new Image(modulePath, programs, output, List.copyOf(roots), strip).make();
  }

  private static int fail(int status, String problem) {
    System.err.println("fluxion image: " + problem);
    return status;
  }

  private int make() throws IOException, InterruptedException {
    Set<String> held;
    try {
      held =
          Configuration.empty().resolve(finder, ModuleFinder.ofSystem(), roots).modules().stream()
              .map(module -> module.name())
              .collect(Collectors.toCollection(TreeSet::new));
    } catch (FindException | ResolutionException e) {
      return fail(
          1,
          e.getMessage()
              + "; --with may name "
              + String.join(", ", PROJECT.keySet())
              + " or a module");
    }
    try {
      clear();
    } catch (FileAlreadyExistsException e) {
      return fail(1, output + " is there already and is no image; choose another --output");
    }
    int status = link();
    if (status != 0) {
      return status;
    }
    Files.writeString(output.resolve(MARK), String.join("\n", held) + "\n");
    List<Program> runnable =
        programs.stream().filter(program -> held.contains(program.module())).toList();
    List<String> options = options(held);
    Path script = output.resolve("bin/fluxion");
    Files.writeString(script, script(runnable, options, held), StandardCharsets.UTF_8);
    if (!script.toFile().setExecutable(true, false)) {
      return fail(1, script + " could not be made executable");
    }
    status = train(runnable, options);
    if (status != 0) {
      return status;
    }
    report(held, options);
    return 0;
  }

  /** Deletes an image that was made before; anything else is left alone. */
  private void clear() throws IOException {
    if (!Files.exists(output)) {
      return;
    }
    if (!Files.exists(output.resolve(MARK))) {
      throw new FileAlreadyExistsException(output.toString());
    }
    try (Stream<Path> files = Files.walk(output)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private int link() {
    ToolProvider jlink = ToolProvider.findFirst("jlink").orElse(null);
    if (jlink == null) {
      return fail(1, "this JDK has no jlink");
    }
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(said, true, StandardCharsets.UTF_8);
    List<String> call = new ArrayList<>(List.of("--module-path", modulePath));
    call.addAll(List.of("--add-modules", String.join(",", roots)));
    call.addAll(List.of("--compress", "zip-9", "--no-header-files", "--no-man-pages"));
    if (strip) {
      call.add("--strip-java-debug-attributes");
    }
    call.addAll(List.of("--output", output.toString()));
    int status = jlink.run(print, print, call.toArray(String[]::new));
    String problem =
        said.toString(StandardCharsets.UTF_8)
            .lines()
            .filter(line -> !line.startsWith("WARNING:"))
            .collect(Collectors.joining("\n"));
    return status == 0 ? 0 : fail(1, "jlink could not write " + output + ": " + problem);
  }

  private static List<String> options(Set<String> held) {
    List<String> options = new ArrayList<>();
    if (Fluxion.osIs("linux")) {
      options.add("-XX:+UseTransparentHugePages");
    }
    if (held.contains(PROJECT.get("backend-gpu"))) {
      options.add("--enable-native-access=" + PROJECT.get("backend-gpu"));
    }
    return options;
  }

  /** The launcher, in a shell's own words: it runs where no command can be found. */
  private static String script(List<Program> programs, List<String> options, Set<String> held) {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        #!/bin/sh
        # Runs the programs of this image. Needs no command but those of the shell itself.
        case $0 in
          */*) home=${0%/*}/.. ;;
          *) home=.. ;;
        esac
        usage() {
          echo 'usage: fluxion COMMAND [ARGUMENT...]'
          echo
        """);
    for (Program program : programs) {
      text.append("  echo '  ").append(program.name()).append("'\n");
    }
    text.append(
        """
          echo
          echo '  java ARGUMENT...   runs a program of your own on this image'
        }
        command=${1-}
        [ $# -eq 0 ] || shift
        case $command in
        """);
    for (Program program : programs) {
      text.append("  %s) main=%s ;;\n".formatted(program.name(), program.main()));
    }
    text.append(
        """
          java) main= ;;
          help|--help|-h) usage; exit 0 ;;
          '') usage >&2; exit 2 ;;
          *) echo "fluxion: no command '$command' in this image (see --help)" >&2; exit 2 ;;
        esac
        [ -x "$home/bin/java" ] || { echo "fluxion: no image in $home; was this script linked or copied?" >&2; exit 1; }
        """);
    if (held.contains(PROJECT.get("backend-gpu"))) {
      text.append(
          """
          # drivers with a compiler of their own replace the JVM's signal handlers; this keeps both
          [ ! -r "$home/lib/libjsig.so" ] || export LD_PRELOAD="$home/lib/libjsig.so${LD_PRELOAD:+:$LD_PRELOAD}"
          """);
    }
    text.append(
        """
        if [ -n "$main" ]; then
          exec "$home/bin/java" "-XX:AOTCache=$home/%1$s" %2$s -m "$main" "$@"
        fi
        exec "$home/bin/java" %2$s "$@"
        """
            .formatted(CACHE, String.join(" ", options)));
    return text.toString();
  }

  private String java() {
    return output.resolve("bin/java").toString();
  }

  /** Runs a program once for the JVM to note what it loads and links. */
  private int train(List<Program> runnable, List<String> options)
      throws IOException, InterruptedException {
    Program program =
        runnable.stream()
            .filter(each -> each.name().equals("train"))
            .findFirst()
            .orElse(runnable.getFirst());
    List<String> call = new ArrayList<>(List.of(java()));
    call.add("-XX:AOTCacheOutput=" + output.resolve(CACHE));
    call.addAll(options);
    call.addAll(List.of("-m", program.main()));
    if (program.name().equals("train")) {
      call.addAll(List.of("--epochs", "1"));
    }
    ProcessBuilder builder = new ProcessBuilder(call).redirectErrorStream(true);
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0 && Files.exists(output.resolve(CACHE))
        ? 0
        : fail(1, "the AOT cache could not be made: " + said);
  }

  // --- report ---

  private void report(Set<String> held, List<String> options)
      throws IOException, InterruptedException {
    List<String> own = held.stream().filter(name -> finder.find(name).isPresent()).toList();
    List<String> jdk = held.stream().filter(name -> finder.find(name).isEmpty()).toList();
    System.out.println(output);
    System.out.println("  modules   " + String.join(" ", own));
    System.out.println("            " + String.join(" ", jdk));
    System.out.println(
        String.format(
            Locale.ROOT,
            "  size      %.1f MB, of which the AOT cache is %.1f MB",
            bytes(output) / 1e6,
            Files.size(output.resolve(CACHE)) / 1e6));
    System.out.println(
        String.format(
            Locale.ROOT,
            "  start-up  %.2f s to the list of plugins, %.2f s without the cache",
            start("-XX:AOTCache=" + output.resolve(CACHE), options),
            start("-XX:AOTMode=off", options)));
    System.out.println("  run it    " + output.resolve("bin" + File.separator + "fluxion"));
  }

  private static long bytes(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      long sum = 0;
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        sum += Files.size(file);
      }
      return sum;
    }
  }

  /** The median time in seconds in which the plugins are listed, the whole process. */
  private double start(String option, List<String> options)
      throws IOException, InterruptedException {
    List<String> call = new ArrayList<>(List.of(java(), option));
    call.addAll(options);
    call.addAll(List.of("-m", "fluxion.engine/fluxion.engine.PluginsCommand"));
    double[] seconds = new double[STARTS];
    for (int i = 0; i < STARTS; i++) {
      long begin = System.nanoTime();
      new ProcessBuilder(call)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
      seconds[i] = (System.nanoTime() - begin) / 1e9;
    }
    java.util.Arrays.sort(seconds);
    return seconds[STARTS / 2];
  }
}
