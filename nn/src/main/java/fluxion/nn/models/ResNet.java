package fluxion.nn.models;

import fluxion.api.ArgumentException;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.nn.Init;
import fluxion.nn.Layer;
import fluxion.nn.Linear;
import fluxion.nn.ReLU;
import fluxion.nn.Sequential;
import fluxion.nn.norm.BatchNorm2d;
import fluxion.nn.norm.NormOptions;
import fluxion.nn.spatial.AdaptiveAvgPool2d;
import fluxion.nn.spatial.Conv2d;
import fluxion.nn.spatial.MaxPool2d;
import java.util.Objects;

/**
 * A residual network for images, with torchvision's names and initialisation: He and others,
 * <i>Deep Residual Learning for Image Recognition</i>, 2015. Bottlenecks have their stride at the
 * convolution of size 3, as torchvision's.
 *
 * <p>It takes {@code [N, 3, H, W]} and gives logits, {@code [N, classes]}.
 *
 * {@snippet :
 * ResNet model = ResNet.resnet18();
 * model.loadStateDict(state);
 * model.requiresGrad_(false);
 * model.setFc(new Linear(512, 10));
 * }
 */
public final class ResNet extends Layer {
  private static final int STAGES = 4;

  /**
   * Makes a network, drawing its weights from the default generator.
   *
   * @param options what it is made of
   * @throws ArgumentException if there are not four stages
   */
  public ResNet(ResNetOptions options) {
    if (options.blocks().size() != STAGES || options.channels().size() != STAGES) {
      throw new ArgumentException(
          "a ResNet has four stages, but the options have blocks "
              + options.blocks()
              + " and channels "
              + options.channels());
    }
    TensorOptions tensors = options.tensors();
    long stem = options.channels().get(0);
    register("conv1", ResidualBlock.convolution(3, stem, 7, 2, tensors));
    register("bn1", new BatchNorm2d(stem, NormOptions.BATCH.tensors(tensors)));
    register("relu", new ReLU(true));
    register("maxpool", new MaxPool2d(3, 2, 1));
    long channels = stem;
    for (int stage = 0; stage < STAGES; stage++) {
      Sequential blocks = new Sequential();
      long width = options.channels().get(stage);
      for (long block = 0; block < options.blocks().get(stage); block++) {
        long stride = stage > 0 && block == 0 ? 2 : 1;
        boolean bottleneck = options.bottleneck();
        blocks.append(new ResidualBlock(bottleneck, channels, width, stride, tensors));
        channels = bottleneck ? width * ResidualBlock.EXPANSION : width;
      }
      register("layer" + (stage + 1), blocks);
    }
    register("avgpool", new AdaptiveAvgPool2d(1L, 1L));
    register("fc", new Linear(channels, options.classes(), true, tensors));
    allLayers().values().forEach(ResNet::initialise);
  }

  private static void initialise(Layer layer) {
    if (layer instanceof Conv2d convolution) {
      Init.kaimingNormal_(convolution.weight(), 0, Init.Fan.OUT, Init.Nonlinearity.RELU);
    }
  }

  /** {@return ResNet-18 for 1000 classes: 11,689,512 parameters} */
  public static ResNet resnet18() {
    return new ResNet(ResNetOptions.RESNET18);
  }

  /** {@return ResNet-34 for 1000 classes: 21,797,672 parameters} */
  public static ResNet resnet34() {
    return new ResNet(ResNetOptions.RESNET34);
  }

  /** {@return ResNet-50 for 1000 classes: 25,557,032 parameters} */
  public static ResNet resnet50() {
    return new ResNet(ResNetOptions.RESNET50);
  }

  @Override
  public Tensor forward(Tensor input) {
    Tensor x = input;
    for (var inner : namedLayers().entrySet()) {
      // the layers apply in their order, the last to rows
      x = inner.getValue().call(inner.getKey().equals("fc") ? x.flatten(1, -1) : x);
    }
    return x;
  }

  /** {@return the map to the logits} */
  public Layer fc() {
    return Objects.requireNonNull(namedLayers().get("fc"));
  }

  /**
   * Puts another layer in the place of the map to the logits: a new head for other classes.
   *
   * @param layer takes {@code [N, channels of the last stage]}
   */
  public void setFc(Layer layer) {
    replace("fc", layer);
  }
}
