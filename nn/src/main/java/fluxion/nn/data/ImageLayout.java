package fluxion.nn.data;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.Tensor;

/**
 * Where height, width and channels of an image are: uint8 has {@code […, height, width, channels]},
 * floats have {@code […, channels, height, width]}.
 */
final class ImageLayout {
  private ImageLayout() {}

  /**
   * {@return the image}
   *
   * @param image an image, or several
   * @throws ArgumentException if it is none
   */
  static Tensor check(Tensor image) {
    if (image.dim() < 3 || !(isBytes(image) || image.dtype().isFloatingPoint())) {
      throw new ArgumentException(
          "an image is uint8 [height, width, channels] or a float [channels, height, width], not "
              + image.dtype()
              + " "
              + image.shape());
    }
    return image;
  }

  static boolean isBytes(Tensor image) {
    return image.dtype() == DType.UINT8;
  }

  static int heightDim(Tensor image) {
    return image.dim() - (isBytes(image) ? 3 : 2);
  }

  static int widthDim(Tensor image) {
    return heightDim(image) + 1;
  }

  static int channelDim(Tensor image) {
    return image.dim() - (isBytes(image) ? 1 : 3);
  }

  static long height(Tensor image) {
    return image.size(heightDim(image));
  }

  static long width(Tensor image) {
    return image.size(widthDim(image));
  }

  static long channels(Tensor image) {
    return image.size(channelDim(image));
  }
}
