package fluxion.examples.train;

import fluxion.examples.cli.Arguments;
import fluxion.examples.cli.Options;
import fluxion.examples.cli.UsageException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How to train.
 *
 * @param epochs how often every image is seen
 * @param batch images a step
 * @param learningRate the learning rate
 * @param seed of the generator behind first weights and the order of images
 * @param dataFile other data than what is shipped
 */
record TrainOptions(
    int epochs, int batch, double learningRate, long seed, Optional<Path> dataFile) {
  private static final long GREATEST_SEED = 0xFFFF_FFFFL;

  /** {@return the options of the command, with their defaults} */
  static Options declared() {
    return new Options(
            "train",
            "Trains a network with one hidden layer to read handwritten digits, and tests it on\n"
                + "images that it has not seen.")
        .value("--epochs", "N", "30", "how often every image is seen")
        .value("--batch", "N", "32", "images a step")
        .value("--lr", "X", "0.05", "the learning rate")
        .value("--seed", "N", "0", "seed of the first weights and of the order of images")
        .value(
            "--data-file",
            "FILE",
            null,
            "train on this .csv or .csv.gz: 64 pixels 0..16 and a class 0..9 a line");
  }

  /**
   * {@return what a command line says}
   *
   * @param arguments the command line
   * @throws UsageException if a value is out of range
   */
  static TrainOptions of(Arguments arguments) {
    return new TrainOptions(
        (int) arguments.wholeNumber("--epochs", 1, 100_000),
        (int) arguments.wholeNumber("--batch", 1, 100_000),
        arguments.positive("--lr"),
        arguments.wholeNumber("--seed", 0, GREATEST_SEED),
        arguments.text("--data-file").map(TrainOptions::path));
  }

  private static Path path(String text) {
    try {
      if (!text.isBlank()) {
        return Path.of(text);
      }
    } catch (InvalidPathException _) {
      // told below
    }
    throw new UsageException("--data-file expects the name of a file, not '" + text + "'");
  }
}
