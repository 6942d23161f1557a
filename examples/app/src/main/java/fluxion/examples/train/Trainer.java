package fluxion.examples.train;

import fluxion.api.ArgumentException;
import fluxion.api.Autograd;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import fluxion.nn.Layer;
import fluxion.nn.Linear;
import fluxion.nn.ReLU;
import fluxion.nn.SGD;
import fluxion.nn.SGDOptions;
import fluxion.nn.Sequential;
import fluxion.ops.nn.Functional;
import java.util.Arrays;
import java.util.function.IntConsumer;

/** A classifier with one hidden layer, trained by stochastic gradient descent with momentum. */
final class Trainer {
  private static final int HIDDEN = 64;
  private static final double MOMENTUM = 0.9;

  /**
   * What came of one pass over the images.
   *
   * @param loss the mean cross entropy, in nats
   * @param accuracy the share of images that were recognised, each before it was learned from
   */
  record Epoch(double loss, double accuracy) {}

  private final Digits digits;
  private final int batch;
  private final Layer model;
  private final SGD optimizer;

  /**
   * Makes a model with random weights; seeds the generator.
   *
   * @param digits the images to train on
   * @param options how
   */
  Trainer(Digits digits, TrainOptions options) {
    this.digits = digits;
    this.batch = options.batch();
    Tensors.manualSeed(options.seed());
    model =
        new Sequential(
            new Linear(Digits.PIXELS, HIDDEN), new ReLU(), new Linear(HIDDEN, Digits.CLASSES));
    optimizer =
        new SGD(model.parameters(), new SGDOptions(options.learningRate()).momentum(MOMENTUM));
  }

  /** {@return the network, printed} */
  String describe() {
    return model.toString();
  }

  /**
   * {@return the outcome of one pass over all images, in a new random order}
   *
   * @param progress is told after each step how many images have been seen
   * @throws ArgumentException if the loss is no longer a number
   */
  Epoch epoch(IntConsumer progress) {
    int[] order = toInts(Tensors.randperm(digits.size()).toLongArray());
    double lossSum = 0;
    int right = 0;
    for (int from = 0; from < order.length; from += batch) {
      int[] rows = Arrays.copyOfRange(order, from, Math.min(from + batch, order.length));
      Tensor logits = model.forward(digits.pixels(rows));
      Tensor loss = Functional.crossEntropy(logits, digits.targets(rows));

      optimizer.zeroGrad();
      loss.backward();
      optimizer.step();

      lossSum += loss.item() * rows.length;
      right += countRight(logits.detach().argmax(1, false).toLongArray(), rows);
      progress.accept(from + rows.length);
    }
    if (!Double.isFinite(lossSum)) {
      throw new ArgumentException(
          "the loss is no longer a finite number: the learning rate is too large for this data;"
              + " try a smaller --lr");
    }
    return new Epoch(lossSum / order.length, (double) right / order.length);
  }

  private int countRight(long[] predicted, int[] rows) {
    int right = 0;
    for (int i = 0; i < rows.length; i++) {
      right += predicted[i] == digits.classOf(rows[i]) ? 1 : 0;
    }
    return right;
  }

  /**
   * {@return the classes that the model sees in images, one an image}
   *
   * @param images the images
   */
  int[] predict(Digits images) {
    int[] rows = new int[images.size()];
    Arrays.setAll(rows, i -> i);
    try (var _ = Autograd.noGrad()) {
      return toInts(model.forward(images.pixels(rows)).argmax(1, false).toLongArray());
    }
  }

  private static int[] toInts(long[] values) {
    return Arrays.stream(values).mapToInt(Math::toIntExact).toArray();
  }
}
