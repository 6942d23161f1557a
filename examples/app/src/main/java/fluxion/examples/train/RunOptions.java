package fluxion.examples.train;

import fluxion.examples.cli.Arguments;
import fluxion.examples.cli.Options;
import fluxion.examples.cli.UsageException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is kept of a run, and what it goes on from.
 *
 * @param log a folder for a log and for TensorBoard's files
 * @param checkpoint a file in which the run is saved
 * @param every after how many steps it is saved, beside after each epoch
 * @param resume a file in which a run was saved
 * @param patience after how many epochs without better test accuracy to stop
 */
record RunOptions(
    Optional<Path> log,
    Optional<Path> checkpoint,
    Optional<Long> every,
    Optional<Path> resume,
    Optional<Long> patience) {
  private static final String LOG = "--log";
  private static final String CHECKPOINT = "--checkpoint";
  private static final String EVERY = "--every";
  private static final String RESUME = "--resume";
  private static final String PATIENCE = "--patience";
  private static final long MOST = 1_000_000_000;

  /** {@return the options of a command with these beside} */
  static Options declare(Options options) {
    return options
        .value(
            LOG,
            "DIR",
            null,
            "with --model: write log.csv, a row an epoch, and files for TensorBoard")
        .value(
            CHECKPOINT,
            "FILE",
            null,
            "with --model: save the run after each epoch; FILE is one of PyTorch's")
        .value(EVERY, "N", null, "with --checkpoint: save it after every N steps, too")
        .value(
            RESUME,
            "FILE",
            null,
            "with --model: go on from a saved run, bit for bit, with the same options")
        .value(
            PATIENCE,
            "N",
            null,
            "with --model: stop after N epochs without better test accuracy, and use the best");
  }

  /**
   * {@return what a command line says}
   *
   * @param arguments the command line
   * @throws UsageException if a value is out of range, or there is nothing that it could be for
   */
  static RunOptions of(Arguments arguments) {
    Stream.of(LOG, CHECKPOINT, RESUME, PATIENCE)
        .filter(name -> arguments.has(name) && !arguments.has("--model"))
        .findFirst()
        .ifPresent(
            name -> {
              throw new UsageException(name + " is for a --model");
            });
    if (arguments.has(EVERY) && !arguments.has(CHECKPOINT)) {
      throw new UsageException(EVERY + " is for a --checkpoint");
    }
    return new RunOptions(
        path(arguments, LOG, "folder"),
        path(arguments, CHECKPOINT, "file"),
        number(arguments, EVERY),
        path(arguments, RESUME, "file"),
        number(arguments, PATIENCE));
  }

  private static Optional<Path> path(Arguments arguments, String name, String what) {
    return arguments.text(name).map(text -> TrainOptions.path(name, what, text));
  }

  private static Optional<Long> number(Arguments arguments, String name) {
    return arguments.has(name)
        ? Optional.of(arguments.wholeNumber(name, 1, MOST))
        : Optional.empty();
  }
}
