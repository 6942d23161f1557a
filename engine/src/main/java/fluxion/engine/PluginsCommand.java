package fluxion.engine;

import fluxion.api.FluxionException;
import fluxion.api.spi.Engines;
import fluxion.api.spi.PluginTable;
import fluxion.engine.registry.Finding;
import fluxion.engine.registry.Registry;
import java.io.PrintStream;
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

      Lists the modules that provide operators and devices, and what was refused and why.

        --operators, -o   also the names of all operators
        --verbose, -v     also the stack trace of every failure
        --help, -h        this text

      Of several modules that provide one name, -Dfluxion.prefer=name=module chooses.
      """;

  private PluginsCommand() {}

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
    boolean names = false;
    boolean verbose = false;
    for (String arg : args) {
      switch (arg) {
        case "--operators", "-o" -> names = true;
        case "--verbose", "-v" -> verbose = true;
        case "--help", "-h" -> {
          out.print(HELP);
          return 0;
        }
        default -> {
          String what = arg.startsWith("-") ? "option" : "argument";
          err.println("fluxion plugins: unknown " + what + " '" + arg + "' (see --help)");
          return USAGE;
        }
      }
    }
    try {
      PluginTable table = Engines.current().plugins();
      out.print(PluginReport.of(table.list(), names));
      if (verbose && table instanceof Registry registry) {
        traces(registry.findings(), out);
      }
      return 0;
    } catch (FluxionException e) {
      err.println("fluxion plugins: " + e.getMessage());
      if (verbose) {
        e.printStackTrace(err);
      }
      return FAILURE;
    }
  }

  private static void traces(List<Finding> findings, PrintStream out) {
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
