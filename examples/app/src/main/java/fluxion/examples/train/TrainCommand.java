package fluxion.examples.train;

import fluxion.api.Fluxion;
import fluxion.examples.cli.Arguments;
import fluxion.examples.cli.CommandLine;
import fluxion.nn.training.ProgressBar;
import java.io.PrintStream;
import java.util.Locale;

/** The command {@code train}: trains a classifier of images and tests it. */
public final class TrainCommand {
  private final PrintStream out;
  private final PrintStream err;
  private final boolean terminal;

  /**
   * Makes the command.
   *
   * @param out where its output goes
   * @param err where errors go
   * @param terminal whether {@code out} is a terminal, on which a line can be drawn over
   */
  TrainCommand(PrintStream out, PrintStream err, boolean terminal) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
  }

  /**
   * Runs the command and exits.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    boolean terminal = ProgressBar.isTerminal();
    System.exit(new TrainCommand(System.out, System.err, terminal).run(args));
  }

  /**
   * {@return the status to exit with}
   *
   * @param args the command line
   */
  int run(String... args) {
    return CommandLine.run(TrainOptions.declared(), args, out, err, this::train);
  }

  private static Images.Split split(TrainOptions options) {
    return options
        .dataFolder()
        .map(Images::read)
        .orElseGet(
            () ->
                options
                    .dataFile()
                    .map(DigitsReader::read)
                    .orElseGet(DigitsReader::shipped)
                    .split());
  }

  private void train(Arguments arguments) {
    TrainOptions options = TrainOptions.of(arguments);
    Images.Split split = split(options);
    Report report = new Report(out);
    report.plugins();
    options
        .network()
        .ifPresentOrElse(
            network -> train(split, options, network, report, arguments.has("--verbose")),
            () -> train(split, options, report, arguments.has("--verbose")));
  }

  private void train(Images.Split split, TrainOptions options, Report report, boolean verbose) {
    Trainer trainer = new Trainer(split.train(), options);
    report.task(split, options, trainer.describe());
    long begin = System.nanoTime();
    int images = split.train().size();
    try (ProgressBar bar = new ProgressBar(out, terminal, options.epochs(), images)) {
      for (int epoch = 0; epoch < options.epochs(); epoch++) {
        bar.epoch(figures(trainer.epoch(bar::update)));
      }
    }
    if (verbose) {
      tellEffort(options, begin);
    }
    report.outcome(split.test(), trainer.predict(split.test()));
  }

  private static String figures(Trainer.Epoch result) {
    return String.format(
        Locale.ROOT, "loss %.4f  accuracy %5.1f %%", result.loss(), 100 * result.accuracy());
  }

  private void train(
      Images.Split split, TrainOptions options, Network network, Report report, boolean verbose) {
    ModelTrainer trainer = new ModelTrainer(split, options, network);
    report.task(split, options, trainer.describe());
    long begin = System.nanoTime();
    int[] predicted = new ModelRun(out, terminal, split, options, trainer).run();
    if (verbose) {
      tellEffort(options, begin);
    }
    report.outcome(split.test(), predicted);
  }

  private void tellEffort(TrainOptions options, long begin) {
    double seconds = (System.nanoTime() - begin) / 1e9;
    err.printf(Locale.ROOT, "trained in %.2f s%n", seconds);
    Fluxion.counters(options.device())
        .forEach((what, count) -> err.printf(Locale.ROOT, "%s: %,d%n", what, count));
  }
}
