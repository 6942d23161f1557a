package fluxion.examples.train;

import fluxion.api.Autograd;
import fluxion.api.DType;
import fluxion.api.Device;
import fluxion.api.Memory;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.nn.Layer;
import fluxion.nn.data.Batch;
import fluxion.nn.data.DataLoader;
import fluxion.nn.data.DataLoaderOptions;
import fluxion.nn.data.Dataset;
import fluxion.nn.data.Transform;
import fluxion.nn.optim.LambdaLR;
import fluxion.nn.optim.Optimizer;
import fluxion.ops.nn.Functional;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntConsumer;

/**
 * Trains one of the named networks on images and tests it after each epoch. The learning rate rises
 * in the first tenth of the steps and falls to 0 in the others, each on a line.
 */
final class ModelTrainer {
  private static final double RISE = 0.1;
  private static final int WORKERS = 2;
  private static final int TESTED = 1000;

  /**
   * What came of one pass over the images.
   *
   * @param loss the mean cross entropy, in nats
   * @param seconds how long it took
   */
  record Epoch(double loss, double seconds) {}

  private final Device device;
  private final Layer model;
  private final Optimizer optimizer;
  private final LambdaLR scheduler;
  private final DataLoader train;
  private final DataLoader test;
  private final int tested;

  /**
   * Makes a model with random weights; seeds the generator.
   *
   * @param split the images
   * @param options how
   * @param network which
   * @throws fluxion.api.ArgumentException if a batch of these images is too large
   * @throws fluxion.api.DeviceException if the device is not there
   */
  ModelTrainer(Images.Split split, TrainOptions options, Network network) {
    Images images = split.train();
    int batch = Math.min(options.batch(), images.size());
    Trainer.checkBatch(batch, images.format().pixels());
    this.device = options.device();
    this.tested = split.test().size();
    Tensors.manualSeed(options.seed());
    // the weights are drawn on the CPU: the same on each device
    model = network.build(images.data()).to(device);
    optimizer = options.method().optimizer(model.parameters(), options.learningRate());

    Transform input = network.input(images.data());
    train =
        loader(
            images.data().map(input),
            DataLoaderOptions.batchSize(batch)
                .shuffle(true)
                .seed(options.seed())
                // a batch of one has no variance to normalise by
                .dropLast(batch > 1 && images.size() % batch == 1));
    test = loader(split.test().data().map(input), DataLoaderOptions.batchSize(TESTED).seed(0));
    long steps = (long) options.epochs() * train.batches();
    scheduler = new LambdaLR(optimizer, step -> rate(step, steps));
  }

  private static DataLoader loader(Dataset data, DataLoaderOptions options) {
    return new DataLoader(data, options.workers(WORKERS));
  }

  private static double rate(long step, long steps) {
    double rise = Math.max(RISE * steps, 1);
    return Math.min((step + 1) / rise, 1) * (1 - (double) step / steps);
  }

  /** {@return the network, printed} */
  String describe() {
    long count = model.parameters().stream().mapToLong(Tensor::numel).sum();
    return model + String.format(Locale.ROOT, "%n%,d parameters", count);
  }

  /**
   * {@return the outcome of one pass over all images, in a new random order}
   *
   * @param progress is told after each step how many images have been seen
   * @throws fluxion.api.ArgumentException if the loss is no longer a number
   */
  Epoch epoch(IntConsumer progress) {
    long begin = System.nanoTime();
    double loss = learn(progress);
    return new Epoch(loss, (System.nanoTime() - begin) / 1e9);
  }

  private double learn(IntConsumer progress) {
    model.train();
    long seen = 0;
    double[] sizes = new double[train.batches()];
    try (var _ = Memory.scope()) {
      // read when all is queued: a device works on while the next steps are prepared
      Tensor losses = Tensors.zeros(TensorOptions.of(DType.FLOAT32).device(device), sizes.length);
      int step = 0;
      for (Batch batch : train) {
        try (var _ = Memory.scope()) {
          losses.select(0, step).copy_(learn(batch.to(device)));
        }
        sizes[step++] = batch.size();
        seen += batch.size();
        progress.accept((int) seen);
      }
      double[] each = losses.toDoubleArray();
      Arrays.setAll(each, i -> each[i] * sizes[i]);
      return Trainer.requireFinite(Arrays.stream(each).sum()) / seen;
    }
  }

  private Tensor learn(Batch batch) {
    Tensor loss = Functional.crossEntropy(model.call(batch.inputs()), batch.labels());
    optimizer.zeroGrad();
    loss.backward();
    optimizer.step();
    scheduler.step();
    return loss.detach();
  }

  /** {@return the classes that the model sees in the images to test on} */
  int[] predict() {
    model.eval();
    int[] predicted = new int[tested];
    int at = 0;
    try (var _ = Autograd.noGrad()) {
      for (Batch batch : test) {
        try (var _ = Memory.scope()) {
          Tensor classes = model.call(batch.inputs().to(device)).argmax(1, false);
          for (long label : classes.toLongArray()) {
            predicted[at++] = Math.toIntExact(label);
          }
        }
      }
    }
    return predicted;
  }
}
