package fluxion.nn.data;

import fluxion.api.ArgumentException;
import fluxion.api.Tensors;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Images of one size, held as bytes, each with the number of its class. An example's input is uint8
 * {@code [height, width, channels]}.
 */
public final class PixelDataset implements Dataset {
  private static final int LEVELS = 256;

  private final int height;
  private final int width;
  private final int channels;
  private final int classes;
  private final byte[][] pixels;
  private final byte[] labels;

  /**
   * Takes images as they are, without copying.
   *
   * @param height the number of rows
   * @param width the number of columns
   * @param channels the number of channels
   * @param classes the number of classes
   * @param pixels of each image the pixels, row by row, with the channels of each together, as
   *     unsigned bytes
   * @param labels of each image the class, as an unsigned byte
   * @throws ArgumentException if these do not fit each other
   */
  public PixelDataset(
      int height, int width, int channels, int classes, byte[][] pixels, byte[] labels) {
    if (pixels.length != labels.length) {
      throw new ArgumentException(pixels.length + " images have " + labels.length + " labels");
    }
    int size = Math.multiplyExact(Math.multiplyExact(height, width), channels);
    for (byte[] image : pixels) {
      if (image.length != size) {
        throw new ArgumentException(
            "an image of " + height + " x " + width + " has " + image.length + " bytes");
      }
    }
    this.height = height;
    this.width = width;
    this.channels = channels;
    this.classes = classes;
    this.pixels = pixels;
    this.labels = labels;
  }

  @Override
  public int size() {
    return pixels.length;
  }

  /** {@return the number of rows of an image} */
  public int height() {
    return height;
  }

  /** {@return the number of columns of an image} */
  public int width() {
    return width;
  }

  /** {@return the number of channels of an image} */
  public int channels() {
    return channels;
  }

  /** {@return the number of classes} */
  public int classes() {
    return classes;
  }

  /**
   * {@return the class of an image}
   *
   * @param index the number of the image
   */
  public int label(int index) {
    return Byte.toUnsignedInt(labels[Indices.check(index, labels.length)]);
  }

  /**
   * {@return a pixel, from 0 to 255}
   *
   * @param index the number of the image
   * @param row the row
   * @param column the column
   * @param channel the channel
   */
  public int pixel(int index, int row, int column, int channel) {
    byte[] image = pixels[Indices.check(index, pixels.length)];
    return Byte.toUnsignedInt(image[(row * width + column) * channels + channel]);
  }

  /** {@return the mean of each channel, where 255 counts as 1: what normalising subtracts} */
  public double[] mean() {
    return Arrays.stream(counts()).mapToDouble(PixelDataset::mean).toArray();
  }

  /** {@return the standard deviation of each channel, where 255 counts as 1} */
  public double[] std() {
    return Arrays.stream(counts()).mapToDouble(PixelDataset::deviation).toArray();
  }

  /** How often each channel has each level. */
  private long[][] counts() {
    long[][] counts = new long[channels][LEVELS];
    for (byte[] image : pixels) {
      for (int i = 0; i < image.length; i++) {
        counts[i % channels][Byte.toUnsignedInt(image[i])]++;
      }
    }
    return counts;
  }

  private static double mean(long[] counts) {
    double sum = 0;
    for (int level = 0; level < LEVELS; level++) {
      sum += (double) counts[level] * level;
    }
    return sum / Arrays.stream(counts).sum() / (LEVELS - 1);
  }

  private static double deviation(long[] counts) {
    double mean = mean(counts);
    double sum = 0;
    for (int level = 0; level < LEVELS; level++) {
      double distance = level / (LEVELS - 1.0) - mean;
      sum += counts[level] * distance * distance;
    }
    return Math.sqrt(sum / Arrays.stream(counts).sum());
  }

  @Override
  public Example get(int index) {
    int label = label(index);
    return Example.of(Bytes.tensor(pixels[index], height, width, channels), label);
  }

  @Override
  public boolean isUniform() {
    return true;
  }

  @Override
  public Batch batch(int[] indices, RandomGenerator[] randoms) {
    return batch(indices);
  }

  /**
   * {@return images as a batch}
   *
   * @param indices their numbers, at least one
   */
  public Batch batch(int... indices) {
    long[] numbers = new long[indices.length];
    int each = height * width * channels;
    byte[] all = new byte[Math.multiplyExact(indices.length, each)];
    for (int i = 0; i < indices.length; i++) {
      numbers[i] = label(indices[i]);
      System.arraycopy(pixels[indices[i]], 0, all, i * each, each);
    }
    return new Batch(
        Bytes.tensor(all, indices.length, height, width, channels), Tensors.tensor(numbers));
  }
}
