package fluxion.examples.train;

import fluxion.api.Autograd;
import fluxion.api.Device;
import fluxion.api.Memory;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import fluxion.nn.Layer;
import fluxion.nn.data.Batch;
import fluxion.nn.data.DataLoader;
import fluxion.nn.data.DataLoaderOptions;
import fluxion.nn.data.Dataset;
import fluxion.nn.data.Transform;
import fluxion.nn.optim.LambdaLR;
import fluxion.nn.optim.Optimizer;
import fluxion.nn.training.Mean;
import fluxion.nn.training.TrainingState;
import fluxion.ops.nn.Functional;
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
  private final int batch;
  private final Mean loss = new Mean();
  private final TrainingState state;

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
    batch = Math.min(options.batch(), images.size());
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
    state =
        new TrainingState()
            .with("run", new RunSettings(options, network, images))
            .with("model", model)
            .with("optimizer", optimizer)
            .with("scheduler", scheduler)
            .with("loss", loss);
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
   * {@return the outcome of one pass over all images, in a new random order; of what is left of
   * one, if the run was saved within it}
   *
   * @param progress is told after each step how many images have been seen
   * @param afterStep what is done after each step
   * @throws fluxion.api.ArgumentException if the loss is no longer a number
   */
  Epoch epoch(IntConsumer progress, Runnable afterStep) {
    long begin = System.nanoTime();
    learn(progress, afterStep);
    double mean = Trainer.requireFinite(loss.value());
    return new Epoch(mean, (System.nanoTime() - begin) / 1e9);
  }

  /** Counts an epoch that has ended. */
  void nextEpoch() {
    loss.reset();
    state.nextEpoch();
  }

  /** {@return what has to be saved to go on, which more can be added to} */
  TrainingState state() {
    return state;
  }

  Layer model() {
    return model;
  }

  double learningRate() {
    return optimizer.lr();
  }

  private void learn(IntConsumer progress, Runnable afterStep) {
    model.train();
    int done = (int) Math.min(state.stepOfEpoch(), Integer.MAX_VALUE);
    train.setEpoch(state.epoch(), done);
    int seen = done * batch;
    for (Batch next : train) {
      try (var _ = Memory.scope()) {
        // read when many are there: a device works on while the next steps are prepared
        loss.update(learn(next.to(device)), (double) next.size());
      }
      state.nextStep();
      seen += (int) next.size();
      progress.accept(seen);
      afterStep.run();
    }
  }

  private Tensor learn(Batch images) {
    Tensor found = Functional.crossEntropy(model.call(images.inputs()), images.labels());
    optimizer.zeroGrad();
    found.backward();
    optimizer.step();
    scheduler.step();
    return found.detach();
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
