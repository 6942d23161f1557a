package fluxion.benchmarks.workloads;

import fluxion.api.Autograd;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import fluxion.nn.Flatten;
import fluxion.nn.Layer;
import fluxion.nn.Linear;
import fluxion.nn.ReLU;
import fluxion.nn.Sequential;
import fluxion.nn.models.ResNet;
import fluxion.nn.spatial.Conv2d;
import fluxion.nn.spatial.MaxPool2d;
import java.util.Map;

/** The networks, with the weights that every framework gives them. */
final class Networks {
  private Networks() {}

  static Layer mlp(int... widths) {
    Sequential network = new Sequential(new Linear(widths[0], widths[1]));
    for (int i = 2; i < widths.length; i++) {
      network.append(new ReLU()).append(new Linear(widths[i - 1], widths[i]));
    }
    return filled(network);
  }

  static Layer lenet() {
    return filled(
        new Sequential(
            new Conv2d(1, 32, 3),
            new ReLU(),
            new MaxPool2d(2),
            new Conv2d(32, 64, 3),
            new ReLU(),
            new MaxPool2d(2),
            new Flatten(),
            new Linear(1600, 128),
            new ReLU(),
            new Linear(128, 10)));
  }

  static Layer resnet18() {
    return filled(ResNet.resnet18());
  }

  /** Weights from a formula, biases of 0; a normalisation's weights stay 1. */
  private static Layer filled(Layer network) {
    try (var _ = Autograd.noGrad()) {
      for (Map.Entry<String, Tensor> parameter : network.namedParameters().entrySet()) {
        Tensor values = parameter.getValue();
        if (values.dim() > 1) {
          long[] shape = values.shape().toArray();
          values.copy_(Tensors.tensor(Inputs.weight(shape)).view(shape));
        } else if (parameter.getKey().endsWith("bias")) {
          values.zero_();
        }
      }
    }
    return Place.put(network);
  }
}
