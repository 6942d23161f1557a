package fluxion.nn.data;

import fluxion.api.Tensor;
import fluxion.api.spi.OpSite;
import fluxion.ops.nn.ResamplingCall;
import java.util.Arrays;

/**
 * Images in another size. Floats are interpolated as tensors are; bytes as Pillow resizes images,
 * which torchvision leaves it to: first the rows, then the columns, with weights of 22 bits behind
 * the point (Pillow's {@code Resample.c}).
 */
final class Resampling {
  private static final OpSite<ResamplingCall.Interpolate> INTERPOLATE =
      OpSite.of("interpolate", ResamplingCall.Interpolate.class);

  private static final int POINT = 22;
  private static final int HALF = 1 << (POINT - 1);

  private Resampling() {}

  static Tensor resize(Tensor image, long height, long width) {
    long rows = ImageLayout.height(image);
    long columns = ImageLayout.width(image);
    if (rows == height && columns == width) {
      return image;
    }
    if (ImageLayout.isBytes(image)) {
      return bytes(image, (int) height, (int) width);
    }
    Tensor images = image.reshape(-1, ImageLayout.channels(image), rows, columns);
    long[] size = {height, width};
    Tensor resized = INTERPOLATE.get().apply(images, size, null, "bilinear", false, null, true);
    long[] sizes = image.shape().toArray();
    sizes[sizes.length - 2] = height;
    sizes[sizes.length - 1] = width;
    return resized.reshape(sizes);
  }

  private static Tensor bytes(Tensor image, int height, int width) {
    int rows = (int) ImageLayout.height(image);
    int columns = (int) ImageLayout.width(image);
    int channels = (int) ImageLayout.channels(image);
    byte[] pixels = Bytes.of(image);
    int images = pixels.length / Math.max(rows * columns * channels, 1);
    if (columns != width) {
      pixels = along(pixels, images * rows, columns, channels, width);
    }
    if (rows != height) {
      pixels = along(pixels, images, rows, width * channels, height);
    }
    long[] sizes = image.shape().toArray();
    sizes[sizes.length - 3] = height;
    sizes[sizes.length - 2] = width;
    return Bytes.tensor(pixels, sizes).to(image.device());
  }

  /** Resizes the middle of three dimensions. */
  private static byte[] along(byte[] from, int outer, int size, int inner, int newSize) {
    byte[] to = new byte[Math.multiplyExact(Math.multiplyExact(outer, newSize), inner)];
    int[] sums = new int[inner];
    for (int place = 0; place < newSize; place++) {
      Taps taps = Taps.of(place, size, newSize);
      for (int o = 0; o < outer; o++) {
        Arrays.fill(sums, HALF);
        for (int k = 0; k < taps.weights.length; k++) {
          int at = (o * size + taps.first + k) * inner;
          for (int i = 0; i < inner; i++) {
            sums[i] += Byte.toUnsignedInt(from[at + i]) * taps.weights[k];
          }
        }
        int at = (o * newSize + place) * inner;
        for (int i = 0; i < inner; i++) {
          to[at + i] = (byte) Math.min(sums[i] >> POINT, 255);
        }
      }
    }
    return to;
  }

  /** The elements that one element is made of: a triangle, as wide as the step where it shrinks. */
  private static final class Taps {
    final int first;
    final int[] weights;

    private Taps(int first, int[] weights) {
      this.first = first;
      this.weights = weights;
    }

    static Taps of(int place, int size, int newSize) {
      double scale = (double) size / newSize;
      double reach = Math.max(scale, 1);
      double center = (place + 0.5) * scale;
      int first = Math.max((int) (center - reach + 0.5), 0);
      int end = Math.min((int) (center + reach + 0.5), size);
      double[] triangle = new double[end - first];
      double slope = 1 / reach;
      double sum = 0;
      for (int k = 0; k < triangle.length; k++) {
        triangle[k] = Math.max(1 - Math.abs((k + first - center + 0.5) * slope), 0);
        sum += triangle[k];
      }
      int[] weights = new int[triangle.length];
      for (int k = 0; k < weights.length; k++) {
        weights[k] = (int) (0.5 + triangle[k] / sum * (1 << POINT));
      }
      return new Taps(first, weights);
    }
  }
}
