package fluxion.benchmarks.workloads;

import java.util.stream.LongStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** What is done with a network: cross entropy, and SGD with momentum. */
final class Training {
  private static final double RATE = 0.01;
  private static final double MOMENTUM = 0.9;

  private Training() {}

  static Workload step(Network network, int classes, long... shape) {
    return trained(network, true, classes, shape);
  }

  static Workload gradient(Network network, int classes, long... shape) {
    return trained(network, false, classes, shape);
  }

  private static Workload trained(Network network, boolean learns, int classes, long... shape) {
    Tensor input = input(shape);
    Tensor labels = torch.tensor(Inputs.labels((int) shape[0], classes));
    SGD optimizer = optimizer(network);
    network.module().train(true);
    return () -> {
      try (PointerScope scope = new PointerScope()) {
        optimizer.zero_grad();
        Tensor loss = torch.cross_entropy_loss(network.call(input), labels);
        loss.backward();
        if (learns) {
          optimizer.step();
        }
        return loss.item_double();
      }
    };
  }

  static Workload inference(Network network, long... shape) {
    Tensor input = input(shape);
    network.module().eval();
    return () -> {
      try (PointerScope scope = new PointerScope();
          NoGradGuard guard = new NoGradGuard()) {
        return network.call(input).sizes();
      }
    };
  }

  static Workload update(Network network) {
    TensorVector parameters = network.module().parameters();
    for (long i = 0; i < parameters.size(); i++) {
      Tensor values = parameters.get(i);
      values.mutable_grad().put(torch.ones_like(values));
    }
    SGD optimizer = optimizer(network);
    return () -> {
      try (PointerScope scope = new PointerScope()) {
        optimizer.step();
        return optimizer;
      }
    };
  }

  private static SGD optimizer(Network network) {
    SGDOptions options = new SGDOptions(RATE);
    options.momentum().put(MOMENTUM);
    return new SGD(network.module().parameters(), options);
  }

  private static Tensor input(long... shape) {
    int n = (int) LongStream.of(shape).reduce(1, (a, b) -> a * b);
    return torch.tensor(Inputs.wave(n)).reshape(shape);
  }
}
