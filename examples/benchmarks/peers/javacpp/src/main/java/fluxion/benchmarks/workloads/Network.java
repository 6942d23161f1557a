package fluxion.benchmarks.workloads;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BatchNorm2dImpl;
import org.bytedeco.pytorch.BatchNormOptions;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.Conv2dOptions;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.StringTensorDictItem;
import org.bytedeco.pytorch.StringTensorDictItemVector;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A network: its parameters, and what it computes. */
final class Network {
  private final Module module = new Module();
  private UnaryOperator<Tensor> forward;

  private Network() {}

  Module module() {
    return module;
  }

  Tensor call(Tensor input) {
    return forward.apply(input);
  }

  static Network mlp(int... widths) {
    Network network = new Network();
    List<LinearImpl> layers = new ArrayList<>();
    for (int i = 1; i < widths.length; i++) {
      layers.add(network.linear("l" + i, widths[i - 1], widths[i]));
    }
    network.forward =
        x -> {
          Tensor y = layers.get(0).forward(x);
          for (LinearImpl layer : layers.subList(1, layers.size())) {
            y = layer.forward(torch.relu(y));
          }
          return y;
        };
    return network.filled();
  }

  static Network lenet() {
    Network network = new Network();
    Conv2dImpl first = network.convolution("c1", 1, 32, 3, 1, 0, true);
    Conv2dImpl second = network.convolution("c2", 32, 64, 3, 1, 0, true);
    LinearImpl hidden = network.linear("f1", 1600, 128);
    LinearImpl out = network.linear("f2", 128, 10);
    network.forward =
        x -> {
          Tensor y = torch.max_pool2d(torch.relu(first.forward(x)), 2, 2);
          y = torch.max_pool2d(torch.relu(second.forward(y)), 2, 2);
          return out.forward(torch.relu(hidden.forward(y.flatten(1, -1))));
        };
    return network.filled();
  }

  static Network resnet18() {
    Network network = new Network();
    Conv2dImpl first = network.convolution("conv1", 3, 64, 7, 2, 3, false);
    BatchNorm2dImpl norm = network.norm("bn1", 64);
    List<Block> blocks = new ArrayList<>();
    int channels = 64;
    for (int width = 64; width <= 512; width *= 2) {
      blocks.add(network.new Block("layer" + width + "_0", channels, width));
      blocks.add(network.new Block("layer" + width + "_1", width, width));
      channels = width;
    }
    LinearImpl out = network.linear("fc", 512, 1000);
    long[] three = {3, 3};
    long[] two = {2, 2};
    long[] one = {1, 1};
    network.forward =
        x -> {
          Tensor y = torch.relu(norm.forward(first.forward(x)));
          y = torch.max_pool2d(y, three, two, one, one, false);
          for (Block block : blocks) {
            y = block.forward(y);
          }
          return out.forward(torch.adaptive_avg_pool2d(y, 1, 1).flatten(1, -1));
        };
    return network.filled();
  }

  /** A residual block; where it widens, it halves the picture. */
  private final class Block {
    private final Conv2dImpl first;
    private final BatchNorm2dImpl firstNorm;
    private final Conv2dImpl second;
    private final BatchNorm2dImpl secondNorm;
    private final Conv2dImpl shortcut;
    private final BatchNorm2dImpl shortcutNorm;

    Block(String name, int from, int to) {
      int stride = from == to ? 1 : 2;
      first = convolution(name + "_conv1", from, to, 3, stride, 1, false);
      firstNorm = norm(name + "_bn1", to);
      second = convolution(name + "_conv2", to, to, 3, 1, 1, false);
      secondNorm = norm(name + "_bn2", to);
      shortcut = from == to ? null : convolution(name + "_down", from, to, 1, stride, 0, false);
      shortcutNorm = from == to ? null : norm(name + "_downbn", to);
    }

    Tensor forward(Tensor x) {
      Tensor y = torch.relu(firstNorm.forward(first.forward(x)));
      y = secondNorm.forward(second.forward(y));
      return torch.relu(y.add(shortcut == null ? x : shortcutNorm.forward(shortcut.forward(x))));
    }
  }

  private LinearImpl linear(String name, long from, long to) {
    return module.register_module(name, new LinearImpl(from, to));
  }

  private BatchNorm2dImpl norm(String name, long channels) {
    return module.register_module(name, new BatchNorm2dImpl(new BatchNormOptions(channels)));
  }

  private Conv2dImpl convolution(
      String name, long from, long to, long size, long stride, long padding, boolean bias) {
    Conv2dOptions options = new Conv2dOptions(from, to, new LongPointer(size, size));
    options.stride().put(0, stride).put(1, stride);
    options.padding().put(new LongPointer(padding, padding));
    options.bias().put(bias);
    return module.register_module(name, new Conv2dImpl(options));
  }

  /** Weights from a formula, biases of 0; a normalisation's weights stay 1. */
  private Network filled() {
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      StringTensorDictItemVector items = module.named_parameters().items();
      for (long i = 0; i < items.size(); i++) {
        StringTensorDictItem item = items.get(i);
        Tensor values = item.value();
        if (values.dim() > 1) {
          long[] shape = new long[(int) values.dim()];
          for (int k = 0; k < shape.length; k++) {
            shape[k] = values.size(k);
          }
          values.copy_(torch.tensor(Inputs.weight(shape)).reshape(shape));
        } else if (item.key().getString().endsWith("bias")) {
          values.zero_();
        }
      }
    }
    return this;
  }
}
