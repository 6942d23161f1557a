package fluxion.examples.train;

import fluxion.api.Plugin;
import fluxion.api.Plugins;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** What is told before and after training. */
final class Report {
  private static final int PICTURES = 5;

  private final PrintStream out;

  /**
   * Makes a report.
   *
   * @param out where it goes
   */
  Report(PrintStream out) {
    this.out = out;
  }

  /** Tells which plugins were found. */
  void plugins() {
    out.println("plugins in use:");
    for (Plugin plugin : Plugins.list()) {
      String name = plugin.module() + (plugin.version().isEmpty() ? "" : " " + plugin.version());
      String offer =
          !plugin.isFullyUsable()
              ? "refused: " + plugin.refusal()
              : switch (plugin.kind()) {
                case ENGINE -> "the engine";
                case OPERATORS -> plugin.offers().size() + " operators";
                case BACKEND -> "device " + String.join(", ", plugin.offers());
              };
      out.printf(Locale.ROOT, "  %-36s %s%n", name, offer);
    }
  }

  /**
   * Tells what is trained, on what.
   *
   * @param split the images
   * @param options how
   * @param model the network, printed
   */
  void task(Digits.Split split, TrainOptions options, String model) {
    out.printf(
        Locale.ROOT,
        "%nimages: %d to train, %d to test (shuffled, always in the same way)%n",
        split.train().size(),
        split.test().size());
    out.printf(
        Locale.ROOT,
        "epochs %d, batch %d, learning rate %s, seed %d%n%s%n%n",
        options.epochs(),
        options.batch(),
        options.learningRate(),
        options.seed(),
        model);
  }

  /**
   * Tells how well the test images are read.
   *
   * @param test the images
   * @param predicted what they were taken for
   */
  void outcome(Digits test, int[] predicted) {
    ConfusionMatrix matrix = new ConfusionMatrix(test, predicted);
    List<Integer> first = IntStream.range(0, Math.min(PICTURES, test.size())).boxed().toList();
    List<Integer> wrong =
        IntStream.range(0, test.size())
            .filter(image -> test.classOf(image) != predicted[image])
            .limit(PICTURES)
            .boxed()
            .toList();
    out.println("\nconfusion matrix of the test images:\n\n" + matrix);
    out.println("the first test images:\n\n" + Pictures.draw(test, predicted, first));
    if (!wrong.isEmpty()) {
      out.println("some that were misread:\n\n" + Pictures.draw(test, predicted, wrong));
    }
    out.printf(Locale.ROOT, "test accuracy %.1f %%%n", 100 * matrix.accuracy());
  }
}
