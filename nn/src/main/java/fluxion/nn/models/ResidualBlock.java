package fluxion.nn.models;

import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.nn.Layer;
import fluxion.nn.ReLU;
import fluxion.nn.Sequential;
import fluxion.nn.norm.BatchNorm2d;
import fluxion.nn.norm.NormOptions;
import fluxion.nn.spatial.Conv2d;
import fluxion.nn.spatial.ConvOptions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One block of a ResNet: a few convolutions, each normalised, with a way around them. It prints as
 * torchvision's {@code BasicBlock} or {@code Bottleneck}.
 */
final class ResidualBlock extends Layer {
  /** A block's output has so many times the channels of its stage if it is a bottleneck. */
  static final long EXPANSION = 4;

  private final boolean bottleneck;
  private final List<Layer> convolutions = new ArrayList<>();
  private final List<Layer> norms = new ArrayList<>();
  private final Layer relu;
  private final @Nullable Layer downsample;

  ResidualBlock(
      boolean bottleneck, long inChannels, long channels, long stride, TensorOptions tensors) {
    this.bottleneck = bottleneck;
    long outChannels = bottleneck ? channels * EXPANSION : channels;
    boolean changes = stride != 1 || inChannels != outChannels;
    // torchvision draws the parameters of the way around first, and registers it last
    Layer around =
        changes
            ? new Sequential(
                convolution(inChannels, outChannels, 1, stride, tensors),
                new BatchNorm2d(outChannels, NormOptions.BATCH.tensors(tensors)))
            : null;
    if (bottleneck) {
      add(convolution(inChannels, channels, 1, 1, tensors), channels, tensors);
      add(convolution(channels, channels, 3, stride, tensors), channels, tensors);
      add(convolution(channels, outChannels, 1, 1, tensors), outChannels, tensors);
      this.relu = register("relu", new ReLU(true));
    } else {
      add(convolution(inChannels, channels, 3, stride, tensors), channels, tensors);
      this.relu = register("relu", new ReLU(true));
      add(convolution(channels, channels, 3, 1, tensors), channels, tensors);
    }
    this.downsample = around == null ? null : register("downsample", around);
  }

  static Conv2d convolution(
      long inChannels, long outChannels, long size, long stride, TensorOptions tensors) {
    ConvOptions options =
        ConvOptions.DEFAULT.stride(stride).padding(size / 2).bias(false).tensors(tensors);
    return new Conv2d(inChannels, outChannels, options, size, size);
  }

  private void add(Conv2d convolution, long channels, TensorOptions tensors) {
    int number = convolutions.size() + 1;
    convolutions.add(register("conv" + number, convolution));
    norms.add(
        register("bn" + number, new BatchNorm2d(channels, NormOptions.BATCH.tensors(tensors))));
  }

  @Override
  public Tensor forward(Tensor input) {
    Tensor x = input;
    int last = convolutions.size() - 1;
    for (int i = 0; i <= last; i++) {
      x = norms.get(i).call(convolutions.get(i).call(x));
      x = i < last ? relu.call(x) : x;
    }
    Tensor around = downsample == null ? input : downsample.call(input);
    return relu.call(x.add_(around));
  }

  @Override
  protected String typeName() {
    return bottleneck ? "Bottleneck" : "BasicBlock";
  }
}
