package fluxion.nn.models;

import fluxion.api.ArgumentException;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.nn.internal.Sizes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a {@link ResNet} is made of: immutable, each method gives a changed copy.
 *
 * @param blocks the number of blocks of the four stages
 * @param bottleneck whether a block is of three convolutions with a narrow one in the middle, and
 *     gives four times its channels
 * @param channels the channels of the four stages
 * @param classes the number of logits
 * @param tensors dtype and device of the parameters and statistics
 */
public record ResNetOptions(
    List<Long> blocks,
    boolean bottleneck,
    List<Long> channels,
    long classes,
    TensorOptions tensors) {
  private static final List<Long> CHANNELS = List.of(64L, 128L, 256L, 512L);

  /** ResNet-18: stages of 2, 2, 2 and 2 blocks. */
  public static final ResNetOptions RESNET18 = basic(2, 2, 2, 2);

  /** ResNet-34: stages of 3, 4, 6 and 3 blocks. */
  public static final ResNetOptions RESNET34 = basic(3, 4, 6, 3);

  /** ResNet-50: as ResNet-34, of bottlenecks. */
  public static final ResNetOptions RESNET50 =
      new ResNetOptions(RESNET34.blocks, true, CHANNELS, 1000, TensorOptions.DEFAULT);

  /**
   * Takes the options as they are; the model checks them.
   *
   * @param blocks the number of blocks of the four stages
   * @param bottleneck whether blocks are bottlenecks
   * @param channels the channels of the four stages
   * @param classes the number of logits
   * @param tensors dtype and device
   */
  public ResNetOptions {
    blocks = List.copyOf(blocks);
    channels = List.copyOf(channels);
  }

  private static ResNetOptions basic(long... blocks) {
    return new ResNetOptions(Sizes.of(blocks), false, CHANNELS, 1000, TensorOptions.DEFAULT);
  }

  /**
   * {@return these options with other channels}
   *
   * @param counts the channels of the four stages; the first is also that of the stem
   */
  public ResNetOptions channels(long... counts) {
    return new ResNetOptions(blocks, bottleneck, Sizes.of(counts), classes, tensors);
  }

  /**
   * {@return these options with another number of classes}
   *
   * @param count the number of logits
   */
  public ResNetOptions classes(long count) {
    return new ResNetOptions(blocks, bottleneck, channels, count, tensors);
  }

  /**
   * {@return these options with another dtype or device}
   *
   * @param options that of the parameters and statistics
   */
  public ResNetOptions tensors(TensorOptions options) {
    return new ResNetOptions(blocks, bottleneck, channels, classes, options);
  }

  /**
   * {@return what a network is made of whose state dict is given, in float32}
   *
   * @param state values under torchvision's names
   * @throws ArgumentException if these are not the names of a ResNet
   */
  public static ResNetOptions ofState(Map<String, Tensor> state) {
    List<Long> blocks = new ArrayList<>();
    List<Long> channels = new ArrayList<>();
    for (int stage = 1; stage <= 4; stage++) {
      String prefix = "layer" + stage + ".";
      long count = 0;
      while (state.containsKey(prefix + count + ".conv1.weight")) {
        count++;
      }
      blocks.add(count);
      channels.add(rows(state, prefix + "0.conv1.weight"));
    }
    return new ResNetOptions(
        blocks,
        state.containsKey("layer1.0.conv3.weight"),
        channels,
        rows(state, "fc.weight"),
        TensorOptions.DEFAULT);
  }

  private static long rows(Map<String, Tensor> state, String key) {
    Tensor value = state.get(key);
    if (value == null || value.dim() == 0) {
      throw new ArgumentException("this is no ResNet: its state dict has no \"" + key + "\"");
    }
    return value.size(0);
  }
}
