package fluxion.examples.cli;

import fluxion.api.FluxionException;
import java.io.PrintStream;

/** Runs a command: help, one plain line for an error, and the status to exit with. */
public final class CommandLine {
  /** All went well. */
  public static final int OK = 0;

  /** The command was understood but could not be done. */
  public static final int FAILED = 1;

  /** The command line was not understood. */
  public static final int USAGE = 2;

  /** What a command does with its arguments. */
  @FunctionalInterface
  public interface Body {
    /**
     * Does the command.
     *
     * @param arguments the command line
     */
    void run(Arguments arguments);
  }

  private CommandLine() {}

  /**
   * {@return the status to exit with}
   *
   * @param options what the command takes
   * @param args the command line
   * @param out where help is printed
   * @param err where errors are printed
   * @param body what the command does; it may throw {@link UsageException} and {@link
   *     FluxionException}
   */
  public static int run(
      Options options, String[] args, PrintStream out, PrintStream err, Body body) {
    boolean verbose = false;
    try {
      Arguments arguments = options.parse(args);
      verbose = arguments.has("--verbose");
      if (arguments.has("--help")) {
        out.print(options.help());
      } else {
        body.run(arguments);
      }
      return OK;
    } catch (UsageException e) {
      err.println(options.command() + ": " + e.getMessage());
      return USAGE;
    } catch (FluxionException e) {
      out.flush();
      err.println(options.command() + ": " + oneLine(e));
      if (verbose) {
        e.printStackTrace(err);
      }
      return FAILED;
    }
  }

  private static String oneLine(FluxionException e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getName() : message.strip().replaceAll("\\R\\s*", " ");
  }
}
