package fluxion.conformance.cli;

import fluxion.api.FormatException;
import fluxion.conformance.GoldenData;
import fluxion.conformance.Verdict;
import fluxion.conformance.report.Counts;
import fluxion.conformance.report.Judged;
import fluxion.conformance.report.Report;
import fluxion.conformance.suite.Rule;
import fluxion.conformance.suite.Settings;
import fluxion.conformance.suite.Specification;
import java.io.Console;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The command {@code conformance}: judges plugins and writes a report. */
public final class ConformanceCommand {
  private static final int OK = 0;
  private static final int FAILURE = 1;
  private static final int USAGE = 2;

  private final PrintStream out;
  private final PrintStream err;
  private final boolean terminal;

  /**
   * Makes the command.
   *
   * @param out where the summary goes
   * @param err where progress and errors go
   * @param terminal whether {@code err} is a terminal, on which a line can be drawn over
   */
  ConformanceCommand(PrintStream out, PrintStream err, boolean terminal) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
  }

  /**
   * Runs the command and ends the program: with 0 if nothing failed, 1 if something did, 2 if it
   * could not do as asked.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    System.exit(new ConformanceCommand(System.out, System.err, isTerminal()).run(List.of(args)));
  }

  // there is no console on JDK 25 unless both input and output are a terminal
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  /**
   * {@return the status to exit with}
   *
   * @param args the command line
   */
  int run(List<String> args) {
    if (args.contains("--help") || args.contains("-h")) {
      out.print(Options.HELP);
      return OK;
    }
    try {
      return run(Options.parse(args));
    } catch (UsageException e) {
      err.println("fluxion conformance: " + e.getMessage());
      if (args.contains("--verbose") || args.contains("-v")) {
        e.printStackTrace(err);
      }
      return USAGE;
    }
  }

  private int run(Options options) {
    List<Rule> rules = rules(options.settings());
    if (options.isList()) {
      rules.forEach(rule -> out.println(rule));
      return OK;
    }
    options.golden().ifPresent(ConformanceCommand::requireCases);
    ModulePath path = ModulePath.of(options);
    ReportFolder folder = ReportFolder.open(options.report());
    Optional<PrintStream> echo = options.isVerbose() ? Optional.of(err) : Optional.empty();
    Report report;
    try (Progress progress = new Progress(err, terminal)) {
      Supervisor supervisor =
          new Supervisor(
              options,
              (unit, check) ->
                  WorkerProcess.start(options, path.entries(), path.judged(), unit, check, echo),
              progress);
      supervisor.run();
      report =
          new Report(
              Environment.of(options),
              supervisor.plugins(),
              options.wantsRules() ? judgedRules(rules, supervisor.plugins()) : List.of(),
              supervisor.outcomes(),
              Environment.limits(options));
    }
    folder.write(report);
    summarise(report, folder);
    return report.verdict() == Verdict.Kind.FAIL ? FAILURE : OK;
  }

  /** The rules that are asked for. */
  private static List<Rule> rules(Settings settings) {
    List<Rule> rules = Specification.load().rules().stream().filter(settings::includes).toList();
    if (rules.isEmpty() && !settings.rules().equals("*")) {
      throw new UsageException(
          "--rule: no rule matches '" + settings.rules() + "'; --list prints them all");
    }
    return rules;
  }

  /** Those about the kinds of plugin that were judged. */
  private static List<Rule> judgedRules(List<Rule> rules, List<Judged> plugins) {
    boolean backends = plugins.stream().anyMatch(plugin -> plugin.kind().equals(Judged.BACKEND));
    boolean operators = plugins.stream().anyMatch(plugin -> plugin.kind().equals(Judged.OPERATORS));
    return rules.stream()
        .filter(
            rule ->
                switch (rule.id().charAt(0)) {
                  case 'B' -> backends;
                  case 'F' -> operators;
                  default -> true;
                })
        .toList();
  }

  private static void requireCases(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new UsageException("--golden: there is no folder '" + folder + "'");
    }
    try {
      if (GoldenData.in(folder).isEmpty()) {
        throw new UsageException(
            "--golden: neither cases.jsonl nor errors.jsonl is in '" + folder + "' or below");
      }
    } catch (FormatException e) {
      throw new UsageException("--golden: " + e.getMessage(), e);
    } catch (UncheckedIOException e) {
      throw new UsageException("--golden: '" + folder + "' cannot be read: " + e.getMessage(), e);
    }
  }

  private void summarise(Report report, ReportFolder folder) {
    for (Judged plugin : report.plugins()) {
      out.println(
          plugin.module()
              + (plugin.version().isEmpty() ? "" : " " + plugin.version())
              + ": "
              + (plugin.kind().equals(Judged.BACKEND)
                  ? plugin.devices().stream()
                      .map(device -> device.name() + ", " + device.description())
                      .collect(Collectors.joining("; "))
                  : plugin.count()));
    }
    List<String> failed =
        report.byRule().entrySet().stream()
            .filter(entry -> Counts.of(entry.getValue()).worst() == Verdict.Kind.FAIL)
            .map(entry -> entry.getKey().id())
            .toList();
    if (!failed.isEmpty()) {
      out.println("failed: " + String.join(" ", failed));
    }
    out.println("the report is in " + folder.page());
    Counts counts = report.counts();
    if (counts.skipped() > 0) {
      out.println(
          "skipped are %d unsupported, %d not run, %d expected failures"
              .formatted(
                  counts.of(Verdict.Kind.UNSUPPORTED),
                  counts.of(Verdict.Kind.NOT_RUN),
                  counts.of(Verdict.Kind.EXPECTED_FAILURE)));
    }
    out.println(counts);
  }
}
