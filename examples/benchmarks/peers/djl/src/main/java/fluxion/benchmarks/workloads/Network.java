package fluxion.benchmarks.workloads;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import java.util.List;

/** The networks; a layer learns from its input how wide that is. */
final class Network {
  private Network() {}

  static Block mlp(int... widths) {
    SequentialBlock network = new SequentialBlock();
    for (int i = 0; i < widths.length; i++) {
      if (i > 0) {
        network.add(Activation.reluBlock());
      }
      network.add(linear(widths[i]));
    }
    return network;
  }

  static Block lenet() {
    return new SequentialBlock()
        .add(convolution(32, 3, 1, 0, true))
        .add(Activation.reluBlock())
        .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
        .add(convolution(64, 3, 1, 0, true))
        .add(Activation.reluBlock())
        .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
        .add(Blocks.batchFlattenBlock())
        .add(linear(128))
        .add(Activation.reluBlock())
        .add(linear(10));
  }

  static Block resnet18() {
    SequentialBlock network =
        new SequentialBlock()
            .add(convolution(64, 7, 2, 3, false))
            .add(norm())
            .add(Activation.reluBlock())
            .add(Pool.maxPool2dBlock(new Shape(3, 3), new Shape(2, 2), new Shape(1, 1)));
    int channels = 64;
    for (int width = 64; width <= 512; width *= 2) {
      network.add(residual(channels, width)).add(residual(width, width));
      channels = width;
    }
    return network
        .add(Pool.globalAvgPool2dBlock())
        .add(Blocks.batchFlattenBlock())
        .add(linear(1000));
  }

  /** A residual block; where it widens, it halves the picture. */
  private static Block residual(int from, int to) {
    int stride = from == to ? 1 : 2;
    Block main =
        new SequentialBlock()
            .add(convolution(to, 3, stride, 1, false))
            .add(norm())
            .add(Activation.reluBlock())
            .add(convolution(to, 3, 1, 1, false))
            .add(norm());
    Block shortcut =
        from == to
            ? Blocks.identityBlock()
            : new SequentialBlock().add(convolution(to, 1, stride, 0, false)).add(norm());
    return new ParallelBlock(
        both ->
            new NDList(
                Activation.relu(
                    both.get(0).singletonOrThrow().add(both.get(1).singletonOrThrow()))),
        List.of(main, shortcut));
  }

  private static Block linear(int units) {
    return Linear.builder().setUnits(units).build();
  }

  private static Block norm() {
    return BatchNorm.builder().build();
  }

  private static Block convolution(int filters, int size, int stride, int padding, boolean bias) {
    return Conv2d.builder()
        .setKernelShape(new Shape(size, size))
        .setFilters(filters)
        .optStride(new Shape(stride, stride))
        .optPadding(new Shape(padding, padding))
        .optBias(bias)
        .build();
  }
}
