package fluxion.examples.train;

import fluxion.api.Device;
import fluxion.api.DeviceException;
import fluxion.examples.cli.Arguments;
import fluxion.examples.cli.Options;
import fluxion.examples.cli.UsageException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How to train.
 *
 * @param epochs how often every image is seen
 * @param batch images a step
 * @param learningRate the learning rate
 * @param seed of the generator behind first weights and the order of images
 * @param dataFile a file of small digits to use instead of those that are shipped
 * @param dataFolder a folder of IDX files to use instead
 * @param network which network is trained, if one was named
 * @param method by which optimiser
 * @param device where is computed
 * @param run what is kept of the run
 */
record TrainOptions(
    int epochs,
    int batch,
    double learningRate,
    long seed,
    Optional<Path> dataFile,
    Optional<Path> dataFolder,
    Optional<Network> network,
    Method method,
    Device device,
    RunOptions run) {
  private static final long GREATEST_SEED = 0xFFFF_FFFFL;

  /** {@return the options of the command, with their defaults} */
  static Options declared() {
    Options options =
        new Options(
                "train",
                "Trains a network with one hidden layer to read handwritten digits, or to tell"
                    + " apart\n"
                    + "what is in the images of a folder, and tests it on images that it has not"
                    + " seen.")
            .value(
                "--model",
                "NAME",
                null,
                Network.names() + ": train this on --data, and test it after each epoch")
            .value(
                "--epochs",
                "N",
                null,
                "how often every image is seen (default 30, with --data 5; of models: "
                    + defaults(Network.values(), Network::epochs)
                    + ")")
            .value("--batch", "N", null, "images a step (default 32, with --model 64)")
            .value(
                "--lr",
                "X",
                null,
                "the learning rate (default 0.05, with --data 0.01); of models the largest ("
                    + defaults(Method.values(), Method::learningRate)
                    + ")")
            .value(
                "--optimizer",
                "NAME",
                null,
                "with --model: " + Method.names() + " (default " + Method.SGD + ")")
            .value("--seed", "N", "0", "seed of the first weights and of the order of images")
            .value("--device", "NAME", "cpu", "where to compute, such as gpu or gpu:1")
            .value(
                "--data",
                "DIR",
                null,
                "train on this folder of IDX files, named as those of MNIST, plain or .gz")
            .value(
                "--data-file",
                "FILE",
                null,
                "train on this .csv or .csv.gz: 64 pixels 0..16 and a class 0..9 a line");
    return RunOptions.declare(options);
  }

  /**
   * {@return what a command line says}
   *
   * @param arguments the command line
   * @throws UsageException if a value is out of range
   */
  static TrainOptions of(Arguments arguments) {
    boolean folder = arguments.has("--data");
    if (folder && arguments.has("--data-file")) {
      throw new UsageException("give --data or --data-file, not both");
    }
    Optional<Network> network = arguments.text("--model").map(Network::of);
    if (network.isPresent() && !folder) {
      throw new UsageException("--model trains on a folder: give --data DIR, too");
    }
    if (network.isEmpty() && arguments.has("--optimizer")) {
      throw new UsageException("--optimizer is for a --model; without one it is SGD");
    }
    Method method = arguments.text("--optimizer").map(Method::of).orElse(Method.SGD);
    return new TrainOptions(
        arguments.has("--epochs")
            ? (int) arguments.wholeNumber("--epochs", 1, 100_000)
            : network.map(Network::epochs).orElse(folder ? 5 : 30),
        arguments.has("--batch")
            ? (int) arguments.wholeNumber("--batch", 1, 100_000)
            : network.isPresent() ? 64 : 32,
        arguments.has("--lr")
            ? arguments.positive("--lr")
            : network.isPresent() ? method.learningRate() : folder ? 0.01 : 0.05,
        arguments.wholeNumber("--seed", 0, GREATEST_SEED),
        arguments.text("--data-file").map(text -> path("--data-file", "file", text)),
        arguments.text("--data").map(text -> path("--data", "folder", text)),
        network,
        method,
        device(arguments.text("--device").orElse("cpu")),
        RunOptions.of(arguments));
  }

  /** What stands in for what was not said, as {@code lenet 3, mlp 5}. */
  private static <T> String defaults(T[] values, Function<T, ?> value) {
    return Arrays.stream(values)
        .map(each -> each + " " + value.apply(each))
        .collect(Collectors.joining(", "));
  }

  private static Device device(String name) {
    try {
      return Device.of(name);
    } catch (DeviceException e) {
      throw new UsageException("--device: " + e.getMessage(), e);
    }
  }

  /**
   * {@return the path that an option names}
   *
   * @param option the option's name
   * @param what what there should be
   * @param text its value
   * @throws UsageException if that is no path
   */
  static Path path(String option, String what, String text) {
    try {
      if (!text.isBlank()) {
        return Path.of(text);
      }
    } catch (InvalidPathException _) {
      // told below
    }
    throw new UsageException(option + " expects the name of a " + what + ", not '" + text + "'");
  }
}
