package fluxion.engine;

import fluxion.api.FluxionException;
import fluxion.api.Plugins;
import fluxion.api.spi.Engines;
import fluxion.api.spi.PluginTable;
import fluxion.engine.folder.LockFile;
import fluxion.engine.registry.Finding;
import fluxion.engine.registry.Registry;
import java.io.File;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The command {@code plugins}: prints which operators and devices were found, from which modules
 * and versions, and what was refused and why.
 */
public final class PluginsCommand {
  private static final int FAILURE = 1;
  private static final int USAGE = 2;

  private static final String HELP =
      """
      usage: fluxion plugins [OPTION...]

      Lists the modules that provide operators, devices and accelerators, and what was
      refused and why.

        --operators, -o   also the names of all operators
        --json            all that is known, as JSON: each plugin with its place and why it was
                          refused; each operator, device and accelerator with who serves it
        --module-path PATH  of these jars instead of the project's own
        --load DIR        also the plugins of a directory, as Plugins.load would have them
        --lock [DIR]      writes DIR/fluxion.lock (without DIR, one for each directory of the
                          module path) and lists nothing
        --verbose, -v     also the stack trace of every failure
        --help, -h        this text

      Of several modules that provide one name, -Dfluxion.prefer=name=module chooses.
      """;

  private boolean names;
  private boolean json;
  private boolean verbose;
  private boolean help;
  private boolean lock;
  private final List<Path> loaded = new ArrayList<>();
  private final List<Path> locked = new ArrayList<>();
  private final PrintStream out;

  private PluginsCommand(PrintStream out) {
    this.out = out;
  }

  /**
   * Runs the command and ends the program: with 0 if the list could be made, whatever was refused;
   * 1 if not; 2 if the command was not understood.
   *
   * @param args options
   */
  public static void main(String[] args) {
    System.exit(run(List.of(args), System.out, System.err));
  }

  static int run(List<String> args, PrintStream out, PrintStream err) {
    PluginsCommand command = new PluginsCommand(out);
    String problem = command.parse(args);
    if (!problem.isEmpty()) {
      err.println("fluxion plugins: " + problem + " (see --help)");
      return USAGE;
    }
    try {
      command.run();
      return 0;
    } catch (FluxionException e) {
      err.println("fluxion plugins: " + e.getMessage());
      if (command.verbose) {
        e.printStackTrace(err);
      }
      return FAILURE;
    }
  }

  /** Takes the options; gives what is wrong with them, or the empty text. */
  private String parse(List<String> args) {
    Iterator<String> rest = args.iterator();
    while (rest.hasNext()) {
      String arg = rest.next();
      switch (arg) {
        case "--operators", "-o" -> names = true;
        case "--json" -> json = true;
        case "--verbose", "-v" -> verbose = true;
        case "--help", "-h" -> help = true;
        case "--lock" -> lock = true;
        case "--load" -> {
          if (!rest.hasNext()) {
            return "--load needs a directory";
          }
          loaded.add(Path.of(rest.next()));
        }
        default -> {
          if (!lock || arg.startsWith("-")) {
            return "unknown " + (arg.startsWith("-") ? "option" : "argument") + " '" + arg + "'";
          }
          locked.add(Path.of(arg));
        }
      }
    }
    return "";
  }

  private void run() {
    if (help) {
      out.print(HELP);
    } else if (lock) {
      lock();
    } else {
      list();
    }
  }

  private void lock() {
    if (locked.isEmpty()) {
      locked.addAll(directoriesOfModulePath());
    }
    for (Path directory : locked) {
      int jars = LockFile.write(directory);
      out.println(directory.resolve(LockFile.NAME) + ": " + jars + (jars == 1 ? " jar" : " jars"));
    }
  }

  private static List<Path> directoriesOfModulePath() {
    List<Path> directories = new ArrayList<>();
    String separator = java.util.regex.Pattern.quote(File.pathSeparator);
    for (String element : System.getProperty("jdk.module.path", "").split(separator, -1)) {
      if (!element.isEmpty() && Files.isDirectory(Path.of(element))) {
        directories.add(Path.of(element));
      }
    }
    return directories;
  }

  private void list() {
    loaded.forEach(Plugins::load);
    PluginTable table = Engines.current().plugins();
    if (json) {
      out.print(PluginsJson.of(table.list(), table.selections()));
      return;
    }
    out.print(PluginReport.of(table.list(), table.selections(), names));
    if (verbose && table instanceof Registry registry) {
      traces(registry.findings());
    }
  }

  private void traces(List<Finding> findings) {
    for (Finding finding : findings) {
      Throwable thrown = finding.thrown();
      if (thrown != null) {
        out.println();
        out.print(finding.plugin().module() + ": ");
        thrown.printStackTrace(out);
      }
    }
  }
}
