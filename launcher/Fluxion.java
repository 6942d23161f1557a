import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.Configuration;
import java.lang.module.FindException;
import java.lang.module.ModuleFinder;
import java.lang.module.ResolutionException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What {@code ./fluxion} and {@code fluxion.cmd} start: builds what is missing or older than its
 * sources, then runs one of the project's main classes on the module path and exits as it does.
 */
final class Fluxion {

  /** A command, where its main class is, and the project that is built for it. */
  private record Command(String name, String main, String project, String summary) {
    Command(String name, String main, String summary) {
      this(name, main, "examples/app", summary);
    }

    /** Whether it runs on the class path, and starts what is on the module path itself. */
    boolean isBenchmark() {
      return project.equals(BENCHMARKS);
    }

    /** Whether it runs on the project's own jars and takes others as what it works on. */
    boolean isKit() {
      return project.equals(KIT);
    }
  }

  private static final String BENCHMARKS = "examples/benchmarks";
  private static final String KIT = "conformance";

  /** The backend that calls native code; no project needs it, so that it is staged by itself. */
  private static final String GPU = "backend-gpu";

  static final String GPU_MODULE = "fluxion.backend.gpu";

  private static final List<Command> COMMANDS =
      List.of(
          new Command(
              "plugins",
              "fluxion.engine/fluxion.engine.PluginsCommand",
              "lists the operators and devices that were found, and what was refused"),
          new Command(
              "tutorials",
              "fluxion.examples/fluxion.examples.tutorials.TutorialsCommand",
              "runs the tutorials"),
          new Command(
              "train",
              "fluxion.examples/fluxion.examples.train.TrainCommand",
              "trains a model; train --help says more"),
          new Command(
              "resnet",
              "fluxion.examples/fluxion.examples.resnet.ResNetCommand",
              "runs a ResNet of PyTorch's on a file; resnet --help says more"),
          new Command(
              "graph",
              "fluxion.examples/fluxion.examples.graph.GraphCommand",
              "writes the tutorials' computation graphs as pictures; graph --help says more"),
          new Command(
              "conformance",
              "fluxion.conformance/fluxion.conformance.cli.ConformanceCommand",
              KIT,
              "holds plugins to the specification; conformance --help says more"),
          new Command(
              "bench",
              "fluxion.benchmarks.BenchCommand",
              BENCHMARKS,
              "times workloads, also beside other frameworks; bench --help says more"));

  /** A command that the launcher does itself. */
  private record Task(String name, String summary) {}

  private static final Task IMAGE =
      new Task("image", "links a self-contained image with chosen plugins; image --help says more");

  private static final Task NEW =
      new Task("new", "writes a project for an operator or a backend; new --help says more");

  private static final Task SHELL =
      new Task("shell", "opens jshell with everything imported, or runs a script in it");

  private static final List<Task> TASKS = List.of(SHELL, IMAGE, NEW);

  private static final boolean WINDOWS = osIs("windows");
  private static final int USAGE = 2;
  private static final int LOG_LINES = 30;

  private final Path root;

  private Fluxion(Path root) {
    this.root = root;
  }

  private Path staged(Command command) {
    return root.resolve(command.project()).resolve("target/modules");
  }

  /** A file whose time says when the command's project was built last. */
  private Path stamp(Command command) {
    return root.resolve("target/launcher/built-" + command.project().replace('/', '-'));
  }

  /** Takes the project's root, then the user's arguments. */
  public static void main(String[] args) throws Exception {
    List<String> rest = new ArrayList<>(Arrays.asList(args));
    Fluxion launcher = new Fluxion(Path.of(rest.removeFirst()));
    int status;
    try {
      status = launcher.launch(rest);
    } catch (FileSystemException e) {
      String reason = e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
      System.err.println("fluxion: " + e.getFile() + " cannot be read or written: " + reason);
      status = 1;
    }
    System.exit(status);
  }

  private int launch(List<String> args) throws Exception {
    String modulePath = null;
    if (!args.isEmpty() && args.getFirst().equals("--module-path")) {
      if (args.size() < 2) {
        return refuse("--module-path needs a path");
      }
      modulePath = args.get(1);
      args = args.subList(2, args.size());
    }
    if (args.isEmpty()) {
      System.err.print(help());
      return USAGE;
    }
    String word = args.getFirst();
    switch (word) {
      case "--help", "-h", "help" -> {
        System.out.print(help());
        return 0;
      }
      case "--version" -> {
        System.out.println("fluxion " + version() + " on JDK " + Runtime.version());
        return 0;
      }
      default -> {}
    }
    if (word.equals(IMAGE.name())) {
      return image(modulePath, args.subList(1, args.size()));
    }
    if (word.equals(SHELL.name())) {
      String path = pathOf(modulePath);
      return path == null
          ? 1
          : Shell.run(path, root.resolve("target/shell"), args.subList(1, args.size()));
    }
    if (word.equals(NEW.name())) {
      return NewProject.run(root, args.subList(1, args.size()));
    }
    for (Command command : COMMANDS) {
      if (command.name().equals(word)) {
        if (modulePath != null && command.isBenchmark()) {
          return refuse("'bench' times the project's own jars and takes no --module-path");
        }
        List<String> rest = new ArrayList<>(args.subList(1, args.size()));
        int path = command.name().equals("plugins") ? rest.indexOf("--module-path") : -1;
        if (path >= 0) {
          if (path + 1 == rest.size()) {
            return refuse("--module-path needs a path");
          }
          rest.remove(path);
          modulePath = rest.remove(path);
        }
        if (modulePath != null && command.isKit()) {
          rest.addFirst("--module-path=" + modulePath);
          modulePath = null;
        }
        if (modulePath == null) {
          if (!buildIfStale(command)) {
            return 1;
          }
          modulePath = stagedPath(command);
        }
        return run(command, modulePath, rest);
      }
    }
    return refuse("no command '" + word + "'");
  }

  private String stagedPath(Command command) {
    return command.isBenchmark()
        ? staged(command).toString()
        : staged(command) + File.pathSeparator + root.resolve(GPU + "/target/modules");
  }

  private int image(String modulePath, List<String> args) throws IOException, InterruptedException {
    String path = pathOf(modulePath);
    if (path == null) {
      return 1;
    }
    List<Image.Program> all =
        COMMANDS.stream()
            .filter(command -> !command.isBenchmark() && !command.isKit())
            .map(command -> new Image.Program(command.name(), moduleOf(command), command.main()))
            .toList();
    return Image.run(path, all, root.resolve("target/image"), args);
  }

  /** The path that was given, or that of the project's own modules, built; null if that fails. */
  private String pathOf(String modulePath) throws IOException, InterruptedException {
    if (modulePath != null) {
      return modulePath;
    }
    Command programs = COMMANDS.getFirst();
    return buildIfStale(programs) ? stagedPath(programs) : null;
  }

  /** What the command's module lacks on the path, said before the JVM says it in two lines. */
  private static String missing(Command command, String modulePath) {
    try {
      Configuration.empty()
          .resolve(finder(modulePath), ModuleFinder.ofSystem(), Set.of(moduleOf(command)));
      return null;
    } catch (FindException | ResolutionException | InvalidPathException e) {
      return e.getMessage() + "; the module path is " + modulePath;
    }
  }

  static ModuleFinder finder(String modulePath) {
    return ModuleFinder.of(
        Pattern.compile(File.pathSeparator, Pattern.LITERAL)
            .splitAsStream(modulePath)
            .map(Path::of)
            .toArray(Path[]::new));
  }

  private static String moduleOf(Command command) {
    return command.main().substring(0, command.main().indexOf('/'));
  }

  private static int refuse(String problem) {
    String names =
        Stream.concat(COMMANDS.stream().map(Command::name), TASKS.stream().map(Task::name))
            .collect(Collectors.joining(", "));
    System.err.println("fluxion: " + problem + " (commands: " + names + "; see --help)");
    return USAGE;
  }

  private static String help() {
    StringBuilder text = new StringBuilder();
    text.append("usage: fluxion [--module-path PATH] COMMAND [ARGUMENT...]\n\n");
    for (Command command : COMMANDS) {
      text.append(String.format(Locale.ROOT, "  %-13s%s%n", command.name(), command.summary()));
    }
    for (Task task : TASKS) {
      text.append(String.format(Locale.ROOT, "  %-13s%s%n", task.name(), task.summary()));
    }
    text.append(
        """

          --module-path PATH   run on these jars instead of building the project's own;
                               conformance judges them
          --version            the version of fluxion and of the JDK it runs on
        """);
    return text.toString();
  }

  private String version() throws IOException {
    Matcher version =
        Pattern.compile("<version>([^<]+)</version>")
            .matcher(Files.readString(root.resolve("pom.xml")));
    return version.find() ? version.group(1) : "unknown";
  }

  // --- running ---

  private int run(Command command, String modulePath, List<String> args)
      throws IOException, InterruptedException {
    String changed = args.contains("--lock") ? "" : LockedJars.problem(modulePath);
    if (!changed.isEmpty()) {
      System.err.println("fluxion: " + changed);
      return 1;
    }
    String missing = command.isBenchmark() ? null : missing(command, modulePath);
    if (missing != null) {
      System.err.println("fluxion: '" + command.name() + "' cannot run: " + missing);
      return 1;
    }
    List<String> call = new ArrayList<>();
    call.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (command.isBenchmark()) {
      String classes = root.resolve(command.project()).resolve("target/classes").toString();
      call.addAll(List.of("-Dfluxion.root=" + root, "-cp", classes, command.main()));
    } else {
      if (osIs("linux")) {
        call.add("-XX:+UseTransparentHugePages");
      }
      if (command.isKit()) {
        // plugins run in a JVM of their own; this one does not even resolve their modules
        call.addAll(List.of("--limit-modules", moduleOf(command)));
      } else if (finder(modulePath).find(GPU_MODULE).isPresent()) {
        call.add("--enable-native-access=" + GPU_MODULE);
      }
      call.addAll(List.of("--module-path", modulePath, "-m", command.main()));
    }
    call.addAll(args);
    ProcessBuilder builder = new ProcessBuilder(call).inheritIO();
    chainSignals(builder.environment());
    Process process = builder.start();
    // stopping the launcher stops the program, and waits for it to end in its own way
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  process.destroy();
                  process.onExit().join();
                }));
    return process.waitFor();
  }

  /**
   * Drivers with a compiler of their own (PoCL, AMD's) replace the JVM's signal handlers; libjsig,
   * loaded before everything else, keeps both.
   */
  private static void chainSignals(Map<String, String> environment) {
    Path library = Path.of(System.getProperty("java.home"), "lib", "libjsig.so");
    if (osIs("linux") && Files.exists(library)) {
      environment.merge("LD_PRELOAD", library.toString(), (old, own) -> own + ":" + old);
    }
  }

  // --- building ---

  private boolean buildIfStale(Command command) throws IOException, InterruptedException {
    if (!isStale(command)) {
      return true;
    }
    Files.createDirectories(stamp(command).getParent());
    Path lock = stamp(command).resolveSibling("lock");
    // of two launchers that start together, one builds and the other waits
    try (FileChannel channel =
            FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var _ = channel.lock()) {
      return !isStale(command) || build(command);
    }
  }

  private boolean build(Command command) throws IOException, InterruptedException {
    System.err.println(
        Files.isDirectory(staged(command))
            ? "building fluxion (its sources have changed)…"
            : "building fluxion (first run, about a minute)…");
    Instant begin = Instant.now();
    Path log = root.resolve("target/fluxion-build.log");
    List<String> call =
        List.of(
            WINDOWS ? "mvn.cmd" : "mvn",
            "--batch-mode",
            "-Dmaven.test.skip=true",
            "--projects=" + command.project() + "," + GPU,
            "--also-make",
            "package");
    int status;
    try {
      status =
          new ProcessBuilder(call)
              .directory(root.toFile())
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(emptyInput(command)))
              .redirectOutput(log.toFile())
              .start()
              .waitFor();
    } catch (IOException e) {
      System.err.println("fluxion: building needs Maven, and 'mvn' could not be started");
      return false;
    }
    if (status != 0) {
      List<String> lines =
          Files.readAllLines(log).stream()
              .filter(line -> line.startsWith("[WARN") || line.startsWith("[ERROR"))
              // what follows is Maven's general advice
              .takeWhile(line -> !line.endsWith("-> [Help 1]"))
              .toList();
      lines
          .subList(Math.max(0, lines.size() - LOG_LINES), lines.size())
          .forEach(System.err::println);
      System.err.println("fluxion: the build failed; its whole log is in " + log);
      return false;
    }
    Files.writeString(stamp(command), "");
    // the time the build began: what is edited while it runs is built next time
    Files.setLastModifiedTime(stamp(command), FileTime.from(begin));
    return true;
  }

  private java.io.File emptyInput(Command command) throws IOException {
    Path empty = stamp(command).resolveSibling("empty");
    Files.writeString(empty, "");
    return empty.toFile();
  }

  /** Whether any source, pom or bnd file is newer than the last build, the launcher's or not. */
  private boolean isStale(Command command) throws IOException {
    Path staged = staged(command);
    Path stamp = stamp(command);
    if (!Files.isDirectory(staged) || !Files.isDirectory(root.resolve(GPU + "/target/modules"))) {
      return true;
    }
    Instant built = Files.exists(stamp) ? modified(stamp) : Instant.MIN;
    Instant stagedAt = newest(staged);
    if (stagedAt.isAfter(built)) {
      built = stagedAt;
    }
    if (modified(root.resolve("pom.xml")).isAfter(built)) {
      return true;
    }
    Matcher module =
        Pattern.compile("<module>([^<]+)</module>")
            .matcher(Files.readString(root.resolve("pom.xml")));
    while (module.find()) {
      Path directory = root.resolve(module.group(1));
      for (String part : List.of("pom.xml", "bnd.bnd", "src/main")) {
        Path path = directory.resolve(part);
        if (Files.exists(path)
            && Files.exists(directory.resolve("src/main"))
            && newest(path).isAfter(built)) {
          return true;
        }
      }
    }
    return false;
  }

  /** The newest time in a tree; a directory's own tells of files that were deleted. */
  private static Instant newest(Path tree) throws IOException {
    try (Stream<Path> paths = Files.walk(tree)) {
      return paths.map(Fluxion::modified).max(Instant::compareTo).orElse(Instant.MIN);
    }
  }

  private static Instant modified(Path path) {
    try {
      return Files.getLastModifiedTime(path).toInstant();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static boolean osIs(String name) {
    return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith(name);
  }
}
