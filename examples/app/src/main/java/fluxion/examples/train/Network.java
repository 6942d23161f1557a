package fluxion.examples.train;

import fluxion.api.TensorOptions;
import fluxion.examples.cli.UsageException;
import fluxion.nn.Flatten;
import fluxion.nn.Layer;
import fluxion.nn.Linear;
import fluxion.nn.ReLU;
import fluxion.nn.Sequential;
import fluxion.nn.data.ImageTransforms;
import fluxion.nn.data.PixelDataset;
import fluxion.nn.data.Transform;
import fluxion.nn.models.LeNet;
import fluxion.nn.models.ResNet;
import fluxion.nn.models.ResNetOptions;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The networks that {@code --model} names. */
enum Network {
  /** Two convolutions and three linear maps; images of another size are brought to 28 x 28. */
  LENET(3) {
    @Override
    Layer build(PixelDataset images) {
      return new LeNet(1, images.classes(), TensorOptions.DEFAULT);
    }

    @Override
    Transform shaped() {
      return ImageTransforms.resize(28, 28);
    }
  },

  /** One hidden layer. */
  MLP(5) {
    @Override
    Layer build(PixelDataset images) {
      return new Sequential(
          new Flatten(),
          new Linear((long) images.height() * images.width(), HIDDEN),
          new ReLU(),
          new Linear(HIDDEN, images.classes()));
    }

    @Override
    Transform shaped() {
      return ImageTransforms.compose();
    }
  },

  /** ResNet-18, whose first convolution takes three channels: grey in each. */
  RESNET18(3) {
    @Override
    Layer build(PixelDataset images) {
      return new ResNet(ResNetOptions.RESNET18.classes(images.classes()));
    }

    @Override
    Transform shaped() {
      return ImageTransforms.rgb();
    }
  };

  private static final long HIDDEN = 256;

  private final int epochs;

  Network(int epochs) {
    this.epochs = epochs;
  }

  /** {@return how often every image is seen, if nothing is said} */
  int epochs() {
    return epochs;
  }

  /**
   * {@return the network with random weights}
   *
   * @param images the images to train on
   */
  abstract Layer build(PixelDataset images);

  /** What brings images into the shape that the network takes. */
  abstract Transform shaped();

  /**
   * {@return what makes images the network's input, with mean 0 and deviation 1 over all}
   *
   * @param images the images to train on
   */
  Transform input(PixelDataset images) {
    // images that are all alike stay as they are
    double[] std = Arrays.stream(images.std()).map(value -> value == 0 ? 1 : value).toArray();
    return shaped()
        .then(ImageTransforms.toTensor())
        .then(ImageTransforms.normalize(images.mean(), std));
  }

  /** {@return the name on the command line} */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** {@return the names on the command line} */
  static String names() {
    return Arrays.stream(values()).map(Network::toString).collect(Collectors.joining("|"));
  }

  /**
   * {@return the network of a name}
   *
   * @param name the name on the command line
   * @throws UsageException if there is none
   */
  static Network of(String name) {
    return Arrays.stream(values())
        .filter(network -> network.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new UsageException("--model expects " + names() + ", not '" + name + "'"));
  }
}
