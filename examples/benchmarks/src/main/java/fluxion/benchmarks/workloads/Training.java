package fluxion.benchmarks.workloads;

import fluxion.api.Autograd;
import fluxion.api.Memory;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import fluxion.nn.Layer;
import fluxion.nn.optim.Optimizer;
import fluxion.nn.optim.SGD;
import fluxion.nn.optim.SGDOptions;
import fluxion.ops.nn.Functional;
import java.util.stream.LongStream;

/** What is done with a network: cross entropy, and SGD with momentum. */
final class Training {
  private static final double RATE = 0.01;
  private static final double MOMENTUM = 0.9;

  private Training() {}

  /** A whole step; comes to the loss. */
  static Workload step(Layer network, int classes, long... shape) {
    return trained(network, true, classes, shape);
  }

  /** A step without the optimiser's. */
  static Workload gradient(Layer network, int classes, long... shape) {
    return trained(network, false, classes, shape);
  }

  private static Workload trained(Layer network, boolean learns, int classes, long... shape) {
    Tensor input = input(shape);
    int batch = Math.toIntExact(shape[0]);
    Tensor labels = Place.tensor(Inputs.labels(batch, classes), batch);
    Optimizer optimizer = optimizer(network);
    network.train();
    return () -> {
      try (var _ = Memory.scope()) {
        optimizer.zeroGrad(true);
        Tensor loss = Functional.crossEntropy(network.call(input), labels);
        loss.backward();
        if (learns) {
          optimizer.step();
        }
        return loss.item();
      }
    };
  }

  /** A forward pass in evaluation mode. */
  static Workload inference(Layer network, long... shape) {
    Tensor input = input(shape);
    network.eval();
    return Place.waitingFor(
        () -> {
          try (var _ = Autograd.noGrad();
              var _ = Memory.scope()) {
            return network.call(input).shape();
          }
        });
  }

  /** The optimiser's step alone. */
  static Workload update(Layer network) {
    network.parameters().forEach(values -> values.setGrad(Tensors.onesLike(values.detach())));
    Optimizer optimizer = optimizer(network);
    return Place.waitingFor(
        () -> {
          optimizer.step();
          return optimizer;
        });
  }

  private static Optimizer optimizer(Layer network) {
    return new SGD(network.parameters(), new SGDOptions(RATE).momentum(MOMENTUM));
  }

  private static Tensor input(long... shape) {
    int n = Math.toIntExact(LongStream.of(shape).reduce(1, (a, b) -> a * b));
    return Place.tensor(Inputs.wave(n), shape);
  }
}
