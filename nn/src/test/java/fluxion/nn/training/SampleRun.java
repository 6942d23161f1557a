package fluxion.nn.training;

import fluxion.api.Tensor;
import fluxion.api.Tensors;
import fluxion.nn.Activations;
import fluxion.nn.Dropout;
import fluxion.nn.Flatten;
import fluxion.nn.Layer;
import fluxion.nn.Linear;
import fluxion.nn.Sequential;
import fluxion.nn.Stateful;
import fluxion.nn.norm.BatchNorm2d;
import fluxion.nn.optim.Adam;
import fluxion.nn.optim.AdamOptions;
import fluxion.nn.optim.ExponentialLR;
import fluxion.nn.optim.LBFGS;
import fluxion.nn.optim.LBFGSOptions;
import fluxion.nn.optim.LRScheduler;
import fluxion.nn.optim.LinearLR;
import fluxion.nn.optim.OneCycleLR;
import fluxion.nn.optim.Optimizer;
import fluxion.nn.optim.ReduceLROnPlateau;
import fluxion.nn.optim.SGD;
import fluxion.nn.optim.SGDOptions;
import fluxion.nn.optim.Scheduler;
import fluxion.nn.optim.SequentialLR;
import fluxion.nn.optim.StepLR;
import fluxion.nn.spatial.Conv2d;
import fluxion.ops.nn.Functional;
import java.util.List;
import java.util.Map;

/**
 * A small run with all that has to be remembered: dropout, running statistics, an order of data.
 */
final class SampleRun {
  /** Optimisers and schedulers to be tried. */
  enum Kind {
    ADAM_WITH_AMSGRAD,
    MOMENTUM,
    PLATEAU,
    LBFGS
  }

  private static final int EXAMPLES = 14;
  private static final int BATCH = 4;

  /** Examples in a new order each epoch, which is part of the state. */
  private static final class Batches implements Stateful {
    private final Tensor inputs;
    private final Tensor targets;
    private Tensor order;
    private long position;

    Batches() {
      long[] classes = new long[EXAMPLES];
      double[][] pixels = new double[EXAMPLES][25];
      for (int i = 0; i < EXAMPLES; i++) {
        classes[i] = i % 3;
        for (int j = 0; j < 25; j++) {
          pixels[i][j] = Math.sin(i * 25 + j) + (j % 3 == i % 3 ? 1 : 0);
        }
      }
      inputs = Tensors.tensor(pixels).toFloat().reshape(EXAMPLES, 1, 5, 5);
      targets = Tensors.tensor(classes);
      order = Tensors.randperm(EXAMPLES);
    }

    boolean hasNext() {
      return position < EXAMPLES;
    }

    Tensor next() {
      long size = Math.min(BATCH, EXAMPLES - position);
      Tensor rows = order.narrow(0, position, size);
      position += size;
      return rows;
    }

    void shuffle() {
      order = Tensors.randperm(EXAMPLES);
      position = 0;
    }

    @Override
    public Map<String, ?> stateDict() {
      return Map.of("order", order, "position", position);
    }

    @Override
    public Runnable prepareLoad(Map<?, ?> dict) {
      return () -> {
        order = (Tensor) dict.get("order");
        position = (Long) dict.get("position");
      };
    }
  }

  final Layer model =
      new Sequential(
          new Conv2d(1, 4, 3),
          new BatchNorm2d(4),
          Activations.gelu(),
          new Flatten(),
          new Dropout(0.3),
          new Linear(36, 3));
  final Optimizer optimizer;
  final Scheduler scheduler;
  final TrainingState state;
  private final Batches batches = new Batches();
  private final Mean loss = new Mean();
  private final Accuracy accuracy = new Accuracy();

  SampleRun(Kind kind) {
    List<Tensor> parameters = model.parameters();
    optimizer =
        switch (kind) {
          case ADAM_WITH_AMSGRAD -> new Adam(parameters, new AdamOptions().lr(0.01).amsgrad(true));
          case MOMENTUM, PLATEAU ->
              new SGD(parameters, new SGDOptions(0.05).momentum(0.9).weightDecay(1e-3));
          case LBFGS -> new LBFGS(parameters, new LBFGSOptions().lr(0.1).maxIter(3));
        };
    scheduler =
        switch (kind) {
          case ADAM_WITH_AMSGRAD -> new OneCycleLR(optimizer, 0.05, 12, new OneCycleLR.Settings());
          case MOMENTUM ->
              new SequentialLR(
                  optimizer,
                  List.of(new LinearLR(optimizer), new ExponentialLR(optimizer, 0.9)),
                  List.of(3L));
          case PLATEAU ->
              new ReduceLROnPlateau(optimizer, new ReduceLROnPlateau.Settings().patience(1));
          case LBFGS -> new StepLR(optimizer, 3, 0.5);
        };
    state =
        new TrainingState()
            .with("model", model)
            .with("optimizer", optimizer)
            .with("scheduler", scheduler)
            .with("data", batches)
            .with("loss", loss)
            .with("accuracy", accuracy);
  }

  void steps(int count) {
    for (int i = 0; i < count; i++) {
      Tensor rows = batches.next();
      Tensor inputs = batches.inputs.indexSelect(0, rows);
      Tensor targets = batches.targets.indexSelect(0, rows);
      Tensor found =
          optimizer.step(
              () -> {
                optimizer.zeroGrad();
                Tensor logits = model.call(inputs);
                accuracy.update(logits, targets);
                Tensor now = Functional.crossEntropy(logits, targets);
                now.backward();
                return now;
              });
      loss.update(found, (double) rows.numel());
      switch (scheduler) {
        case ReduceLROnPlateau plateau -> plateau.step(found.item());
        case LRScheduler other -> other.step();
        default -> throw new AssertionError(scheduler);
      }
      state.nextStep();
      if (!batches.hasNext()) {
        batches.shuffle();
        state.nextEpoch();
      }
    }
  }

  /** Mean loss, accuracy, and what is drawn next. */
  double[] outcome() {
    return new double[] {loss.value(), accuracy.value(), Tensors.rand(1).item()};
  }
}
