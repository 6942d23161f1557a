package fluxion.examples.train;

import fluxion.api.ArgumentException;
import fluxion.api.Autograd;
import fluxion.api.DType;
import fluxion.api.Device;
import fluxion.api.Memory;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.nn.Layer;
import fluxion.nn.Linear;
import fluxion.nn.ReLU;
import fluxion.nn.Sequential;
import fluxion.nn.optim.SGD;
import fluxion.nn.optim.SGDOptions;
import fluxion.ops.nn.Functional;
import java.util.Arrays;
import java.util.function.IntConsumer;

/** A classifier with one hidden layer, trained by stochastic gradient descent with momentum. */
final class Trainer {
  private static final int LEAST_HIDDEN = 64;
  private static final int MOST_HIDDEN = 256;

  /** How many images are looked at together when nothing is learned. */
  private static final int PREDICTED = 1000;

  /** The most pixels of a batch: a gigabyte as float32. */
  private static final long MOST_PIXELS = 1L << 28;

  private static final double MOMENTUM = 0.9;

  /**
   * What came of one pass over the images.
   *
   * @param loss the mean cross entropy, in nats
   * @param accuracy the share of images that were recognised, each before it was learned from
   */
  record Epoch(double loss, double accuracy) {}

  private final Images images;
  private final int batch;
  private final Device device;
  private final Layer model;
  private final SGD optimizer;

  /**
   * Makes a model with random weights; seeds the generator.
   *
   * @param images the images to train on
   * @param options how
   * @throws ArgumentException if a batch of these images is too large
   * @throws fluxion.api.DeviceException if the device is not there
   */
  Trainer(Images images, TrainOptions options) {
    this.images = images;
    this.batch = Math.min(options.batch(), images.size());
    this.device = options.device();
    int pixels = images.format().pixels();
    checkBatch(batch, pixels);
    Tensors.manualSeed(options.seed());
    int hidden = Math.clamp(pixels / 4, LEAST_HIDDEN, MOST_HIDDEN);
    model =
        new Sequential(
            new Linear(pixels, hidden), new ReLU(), new Linear(hidden, images.format().classes()));
    // the weights are drawn on the CPU: the same on each device
    model.to(device);
    optimizer =
        new SGD(model.parameters(), new SGDOptions(options.learningRate()).momentum(MOMENTUM));
  }

  /**
   * Refuses batches that are too large.
   *
   * @param batch the images of a batch
   * @param pixels the pixels of an image
   * @throws ArgumentException if a batch of these images is too large
   */
  static void checkBatch(int batch, int pixels) {
    if ((long) batch * pixels > MOST_PIXELS) {
      throw new ArgumentException(
          "a batch of "
              + batch
              + " images of "
              + pixels
              + " pixels is too large; try a --batch of at most "
              + MOST_PIXELS / pixels);
    }
  }

  /**
   * {@return the loss}
   *
   * @param loss a sum or a mean of losses
   * @throws ArgumentException if it is no longer a number
   */
  static double requireFinite(double loss) {
    if (!Double.isFinite(loss)) {
      throw new ArgumentException(
          "the loss is no longer a finite number: the learning rate is too large for this data;"
              + " try a smaller --lr");
    }
    return loss;
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
    int[] order = toInts(Tensors.randperm(images.size()).toLongArray());
    int steps = Math.ceilDiv(order.length, batch);
    try (var _ = Memory.scope()) {
      // read when all is queued: a device works on while the next steps are prepared
      Tensor losses = Tensors.zeros(TensorOptions.DEFAULT.device(device), steps);
      Tensor hits = Tensors.zeros(TensorOptions.of(DType.INT64).device(device), steps);
      for (int step = 0; step < steps; step++) {
        int from = step * batch;
        int[] rows = Arrays.copyOfRange(order, from, Math.min(from + batch, order.length));
        try (var _ = Memory.scope()) {
          learn(rows, losses.select(0, step), hits.select(0, step));
        }
        progress.accept(from + rows.length);
      }
      return outcome(losses.toFloatArray(), hits.toLongArray());
    }
  }

  /** One step: learns from images, and notes the loss and how many were recognised before. */
  private void learn(int[] rows, Tensor lossAt, Tensor hitsAt) {
    Tensor targets = images.targets(rows, device);
    Tensor logits = model.forward(images.pixels(rows, device));
    Tensor loss = Functional.crossEntropy(logits, targets);

    optimizer.zeroGrad();
    loss.backward();
    optimizer.step();

    lossAt.copy_(loss.detach());
    hitsAt.copy_(logits.detach().argmax(1, false).eq(targets).sum());
  }

  private Epoch outcome(float[] losses, long[] hits) {
    double sum = 0;
    for (int step = 0; step < losses.length; step++) {
      sum += (double) losses[step] * Math.min(batch, images.size() - step * batch);
    }
    return new Epoch(
        requireFinite(sum) / images.size(), (double) Arrays.stream(hits).sum() / images.size());
  }

  /**
   * {@return the classes that the model sees in images, one an image}
   *
   * @param images the images
   */
  int[] predict(Images images) {
    int[] predicted = new int[images.size()];
    int step = Math.clamp(MOST_PIXELS / images.format().pixels(), 1, PREDICTED);
    try (var _ = Autograd.noGrad()) {
      for (int from = 0; from < predicted.length; from += step) {
        int[] rows = new int[Math.min(step, predicted.length - from)];
        int first = from;
        Arrays.setAll(rows, i -> first + i);
        long[] classes = model.forward(images.pixels(rows, device)).argmax(1, false).toLongArray();
        System.arraycopy(toInts(classes), 0, predicted, from, rows.length);
      }
    }
    return predicted;
  }

  private static int[] toInts(long[] values) {
    return Arrays.stream(values).mapToInt(Math::toIntExact).toArray();
  }
}
