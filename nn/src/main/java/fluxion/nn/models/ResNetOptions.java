package fluxion.nn.models;

import fluxion.api.TensorOptions;
import fluxion.nn.internal.Sizes;
import java.util.List;

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
}
