package fluxion.nn.data;

import fluxion.api.ArgumentException;
import fluxion.api.Tensor;
import fluxion.api.spi.OpSite;
import fluxion.ops.nn.ResamplingCall;
import java.util.random.RandomGenerator;

/** Parts of images, and margins around them; where they lie is torchvision's. */
final class Crops {
  private static final OpSite<ResamplingCall.Pad> PAD = OpSite.of("pad", ResamplingCall.Pad.class);

  private Crops() {}

  static Tensor pad(Tensor image, long left, long top, long right, long bottom) {
    if (left == 0 && top == 0 && right == 0 && bottom == 0) {
      return image;
    }
    long[] widths =
        ImageLayout.isBytes(image)
            ? new long[] {0, 0, left, right, top, bottom}
            : new long[] {left, right, top, bottom};
    return PAD.get().apply(image, widths, "constant", null);
  }

  static Tensor center(Tensor image, long height, long width) {
    long missingRows = Math.max(height - ImageLayout.height(image), 0);
    long missingColumns = Math.max(width - ImageLayout.width(image), 0);
    Tensor large =
        pad(
            image,
            missingColumns / 2,
            missingRows / 2,
            (missingColumns + 1) / 2,
            (missingRows + 1) / 2);
    return crop(
        large,
        half(ImageLayout.height(large) - height),
        half(ImageLayout.width(large) - width),
        height,
        width);
  }

  /** Half of what is left over, rounded as Python rounds: to the even number. */
  private static long half(long rest) {
    return (long) Math.rint(rest / 2.0);
  }

  static Tensor random(Tensor image, int height, int width, RandomGenerator random) {
    long rows = ImageLayout.height(image);
    long columns = ImageLayout.width(image);
    if (rows < height || columns < width) {
      throw new ArgumentException(
          "Required crop size ("
              + height
              + ", "
              + width
              + ") is larger than input image size ("
              + rows
              + ", "
              + columns
              + ")");
    }
    long top = random.nextLong(rows - height + 1);
    long left = random.nextLong(columns - width + 1);
    return crop(image, top, left, height, width);
  }

  private static Tensor crop(Tensor image, long top, long left, long height, long width) {
    return image
        .narrow(ImageLayout.heightDim(image), top, height)
        .narrow(ImageLayout.widthDim(image), left, width);
  }
}
