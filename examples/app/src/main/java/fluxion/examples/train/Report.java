package fluxion.examples.train;

import fluxion.api.Plugin;
import fluxion.api.Plugins;
import fluxion.api.Tensors;
import fluxion.nn.training.ConfusionMatrix;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** What is told before and after training. */
final class Report {
  private static final int PICTURES = 5;

  /** The most classes of which a confusion matrix fits a line. */
  private static final int MATRIX = 20;

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
                case ACCELERATORS -> "accelerators " + String.join(", ", plugin.offers());
                case JAR -> "nothing";
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
  void task(Images.Split split, TrainOptions options, String model) {
    out.printf(
        Locale.ROOT,
        "%nimages: %d to train, %d to test (%s)%n",
        split.train().size(),
        split.test().size(),
        split.how());
    out.printf(
        Locale.ROOT,
        "epochs %d, batch %d, learning rate %s, seed %d, device %s%n%s%n%n",
        options.epochs(),
        options.batch(),
        options.learningRate(),
        options.seed(),
        options.device(),
        model);
  }

  /**
   * {@return how often images of each class were taken for which}
   *
   * @param images the images
   * @param predicted what they were taken for
   */
  static ConfusionMatrix confusion(Images images, int[] predicted) {
    long[] actual = new long[predicted.length];
    Arrays.setAll(actual, images::classOf);
    ConfusionMatrix matrix = new ConfusionMatrix(images.format().classes());
    matrix.update(
        Tensors.tensor(Arrays.stream(predicted).asLongStream().toArray()), Tensors.tensor(actual));
    return matrix;
  }

  /**
   * Tells how well the test images are read.
   *
   * @param test the images
   * @param predicted what they were taken for
   */
  void outcome(Images test, int[] predicted) {
    ConfusionMatrix matrix = confusion(test, predicted);
    Pictures pictures = new Pictures(test, predicted);
    int shown = Math.min(PICTURES, pictures.fitting());
    List<Integer> first = IntStream.range(0, Math.min(shown, test.size())).boxed().toList();
    List<Integer> wrong =
        IntStream.range(0, test.size())
            .filter(image -> test.classOf(image) != predicted[image])
            .limit(shown)
            .boxed()
            .toList();
    if (test.format().classes() <= MATRIX) {
      out.println("\nconfusion matrix of the test images:\n\n" + matrix);
    }
    out.println("the first test images:\n\n" + pictures.draw(first));
    if (!wrong.isEmpty()) {
      out.println("some that were misread:\n\n" + pictures.draw(wrong));
    }
    out.printf(Locale.ROOT, "test accuracy %.1f %%%n", 100 * matrix.accuracy());
  }
}
