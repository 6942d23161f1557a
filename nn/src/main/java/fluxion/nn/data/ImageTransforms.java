package fluxion.nn.data;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * Transforms of images, with torchvision's semantics.
 *
 * <p>An image is uint8 {@code [height, width, channels]}, as it comes from a file, or, after {@link
 * #toTensor()}, a float {@code [channels, height, width]}; transforms take either if nothing else
 * is said, and those without chance several at once, {@code [N, …]}. What is no image is refused
 * with an {@link ArgumentException}.
 */
public final class ImageTransforms {
  private ImageTransforms() {}

  /** A transform without chance. */
  private static Transform certain(UnaryOperator<Tensor> function) {
    return new Transform() {
      @Override
      public Tensor apply(Tensor input, RandomGenerator random) {
        return function.apply(ImageLayout.check(input));
      }

      @Override
      public boolean mapsBatches() {
        return true;
      }
    };
  }

  /**
   * {@return transforms one after the other}
   *
   * @param transforms the transforms, the first first
   */
  public static Transform compose(Transform... transforms) {
    return Arrays.stream(transforms).reduce(certain(image -> image), Transform::then);
  }

  // ---- elements

  /** {@return uint8 images as float32 from 0 to 1, {@code [channels, height, width]}} */
  public static Transform toTensor() {
    return certain(
        image -> {
          if (!ImageLayout.isBytes(image)) {
            throw new DTypeException(
                "toTensor takes uint8 [height, width, channels], not " + image.dtype());
          }
          return image.movedim(-1, -3).contiguous().toFloat().div_(255);
        });
  }

  /**
   * {@return images in another dtype, the elements converted as they are}
   *
   * @param dtype the dtype
   */
  public static Transform convert(DType dtype) {
    return certain(image -> image.to(dtype));
  }

  /**
   * {@return float images with each channel less its mean and by its standard deviation}
   *
   * @param mean the mean of each channel, or one for all
   * @param std the standard deviation of each channel, or one for all
   * @throws ArgumentException if a deviation is 0
   */
  public static Transform normalize(double[] mean, double[] std) {
    double[] means = mean.clone();
    double[] deviations = std.clone();
    if (Arrays.stream(deviations).anyMatch(value -> value == 0)) {
      throw new ArgumentException("std evaluated to zero, leading to division by zero.");
    }
    return certain(
        image -> {
          if (ImageLayout.isBytes(image)) {
            throw new DTypeException(
                "Input tensor should be a float tensor. Got " + image.dtype() + ".");
          }
          return image.sub(each(means, image)).div_(each(deviations, image));
        });
  }

  private static Tensor each(double[] values, Tensor image) {
    TensorOptions options = TensorOptions.of(image.dtype()).device(image.device());
    return Tensors.tensor(values, Shape.of(values.length, 1, 1), options);
  }

  // ---- colours

  /**
   * {@return images without colour}
   *
   * @param channels 1, or 3 for three alike
   * @throws ArgumentException if it is another number
   */
  public static Transform grayscale(int channels) {
    if (channels != 1 && channels != 3) {
      throw new ArgumentException("num_output_channels should be either 1 or 3");
    }
    return certain(image -> repeated(grey(image), channels));
  }

  /** {@return images with three channels: those with one have it three times} */
  public static Transform rgb() {
    return certain(image -> ImageLayout.channels(image) == 1 ? repeated(image, 3) : image);
  }

  private static Tensor repeated(Tensor grey, int channels) {
    long[] sizes = new long[grey.dim()];
    Arrays.fill(sizes, -1);
    sizes[ImageLayout.channelDim(grey)] = channels;
    return grey.expand(sizes);
  }

  private static Tensor grey(Tensor image) {
    int dim = ImageLayout.channelDim(image);
    if (image.size(dim) == 1) {
      return image;
    }
    if (image.size(dim) != 3) {
      throw new ArgumentException(
          "Input image tensor permitted channel values are 1 or 3, but found " + image.size(dim));
    }
    List<Tensor> parts =
        List.of(image.narrow(dim, 0, 1), image.narrow(dim, 1, 1), image.narrow(dim, 2, 1));
    if (!ImageLayout.isBytes(image)) {
      return parts.get(0).mul(0.2989).add(parts.get(1).mul(0.587)).add(parts.get(2).mul(0.114));
    }
    // luma of ITU-R 601-2 in 16 bits behind the point, as Pillow has it
    return parts
        .get(0)
        .toInt()
        .mul(19595)
        .add(parts.get(1).toInt().mul(38470))
        .add(parts.get(2).toInt().mul(7471))
        .add(0x8000)
        .div(Tensors.tensor(0x10000L), "floor")
        .to(DType.UINT8);
  }

  // ---- sizes

  /**
   * {@return images whose shorter side has a size, the longer one in proportion (rounded down);
   * bilinear, and smoothed where it shrinks}
   *
   * <p>Of uint8 images the result is Pillow's, bit for bit.
   *
   * @param size the shorter side
   */
  public static Transform resize(long size) {
    require(size > 0, size, size);
    return certain(
        image -> {
          long height = ImageLayout.height(image);
          long width = ImageLayout.width(image);
          long longer = size * Math.max(height, width) / Math.min(height, width);
          return height <= width
              ? Resampling.resize(image, size, longer)
              : Resampling.resize(image, longer, size);
        });
  }

  /**
   * {@return images of a size; else as {@link #resize(long)}}
   *
   * @param height the height
   * @param width the width
   */
  public static Transform resize(long height, long width) {
    require(height > 0 && width > 0, height, width);
    return certain(image -> Resampling.resize(image, height, width));
  }

  /**
   * {@return the middle of images, a square}
   *
   * @param size its side
   */
  public static Transform centerCrop(long size) {
    return centerCrop(size, size);
  }

  /**
   * {@return the middle of images; what is smaller gets a margin of zeros}
   *
   * @param height the height
   * @param width the width
   */
  public static Transform centerCrop(long height, long width) {
    require(height > 0 && width > 0, height, width);
    return certain(image -> Crops.center(image, height, width));
  }

  /**
   * {@return images with a margin of zeros}
   *
   * @param margin its width on each side
   */
  public static Transform pad(long margin) {
    return certain(image -> Crops.pad(image, margin, margin, margin, margin));
  }

  private static void require(boolean condition, long height, long width) {
    if (!condition) {
      throw new ArgumentException("an image has no size " + height + " x " + width);
    }
  }

  // ---- chance

  /**
   * {@return a part of an image at a random place}
   *
   * @param height its height
   * @param width its width
   * @param padding a margin of zeros that the image gets before
   */
  public static Transform randomCrop(int height, int width, int padding) {
    require(height > 0 && width > 0 && padding >= 0, height, width);
    return (image, random) ->
        Crops.random(
            Crops.pad(ImageLayout.check(image), padding, padding, padding, padding),
            height,
            width,
            random);
  }

  /**
   * {@return an image, mirrored left to right or not}
   *
   * @param p how probable it is to be mirrored
   * @throws ArgumentException if that is no probability
   */
  public static Transform randomHorizontalFlip(double p) {
    if (!(p >= 0 && p <= 1)) {
      throw new ArgumentException("p should be a floating point value in [0., 1.], got " + p);
    }
    return (image, random) ->
        random.nextDouble() < p
            ? image.flip(ImageLayout.widthDim(ImageLayout.check(image)))
            : image;
  }
}
