package fluxion.benchmarks.workloads;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.initializer.Initializer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;

/** What is done with a network: cross entropy, and SGD with momentum. */
final class Training {
  private static final float RATE = 0.01f;
  private static final float MOMENTUM = 0.9f;
  private static final Initializer WEIGHTS =
      (manager, shape, type) -> manager.create(Inputs.weight(shape.getShape()), shape);

  private Training() {}

  static Workload step(Block network, int classes, long... shape) {
    return trained(network, true, classes, shape);
  }

  static Workload gradient(Block network, int classes, long... shape) {
    return trained(network, false, classes, shape);
  }

  private static Workload trained(Block network, boolean learns, int classes, long... shape) {
    Trainer trainer = trainer(network, shape);
    NDManager owner = trainer.getManager();
    NDArray input = input(owner, shape);
    NDArray labels = owner.create(Inputs.labels((int) shape[0], classes));
    return () -> {
      double loss = pass(trainer, input, labels);
      if (learns) {
        trainer.step(); // clears the gradients, too
      }
      return loss;
    };
  }

  private static double pass(Trainer trainer, NDArray input, NDArray labels) {
    try (NDManager manager = trainer.getManager().newSubManager()) {
      input.tempAttach(manager);
      labels.tempAttach(manager);
      try (GradientCollector collector = trainer.newGradientCollector()) {
        NDArray loss =
            trainer.getLoss().evaluate(new NDList(labels), trainer.forward(new NDList(input)));
        collector.backward(loss);
        return loss.getFloat();
      }
    }
  }

  static Workload inference(Block network, long... shape) {
    Trainer trainer = trainer(network, shape);
    NDArray input = input(trainer.getManager(), shape);
    return () -> {
      try (NDManager manager = trainer.getManager().newSubManager()) {
        input.tempAttach(manager);
        return trainer.evaluate(new NDList(input)).size();
      }
    };
  }

  static Workload update(Block network) {
    Trainer trainer = trainer(network, 1, 3, 64, 64);
    NDManager owner = trainer.getManager();
    // once, so that there are gradients
    pass(trainer, input(owner, 1, 3, 64, 64), owner.create(Inputs.labels(1, 1000)));
    return () -> {
      trainer.step();
      return trainer;
    };
  }

  private static Trainer trainer(Block network, long... shape) {
    Model model = Model.newInstance("network");
    model.setBlock(network);
    Trainer trainer =
        model.newTrainer(
            new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
                .optOptimizer(
                    Optimizer.sgd()
                        .setLearningRateTracker(Tracker.fixed(RATE))
                        .optMomentum(MOMENTUM)
                        .build())
                .optInitializer(WEIGHTS, Parameter.Type.WEIGHT)
                .optDevices(new Device[] {Device.cpu()}));
    trainer.initialize(new Shape(shape));
    return trainer;
  }

  private static NDArray input(NDManager owner, long... shape) {
    Shape size = new Shape(shape);
    return owner.create(Inputs.wave((int) size.size()), size);
  }
}
