package fluxion.examples.train;

import fluxion.api.Device;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.nn.data.IdxFolder;
import fluxion.nn.data.PixelDataset;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/** Grey images, each with its class. */
final class Images {
  private static final long SPLIT_SEED = 1998;

  /** The greatest pixel: the ink of a digit, which is white on black in IDX files. */
  private static final int WHITE = 255;

  /**
   * What all images of a set have in common.
   *
   * @param height the number of rows
   * @param width the number of columns
   * @param ink the darkest pixel; paper is 0
   * @param classes the number of classes
   */
  record Format(int height, int width, int ink, int classes) {
    /** Images of 8 x 8 pixels from 0 to 16, of the digits from 0 to 9. */
    static final Format SMALL_DIGITS = new Format(8, 8, 16, 10);

    /** The number of pixels of an image. */
    int pixels() {
      return height * width;
    }
  }

  /**
   * The two parts of a data set.
   *
   * @param train the images to train on
   * @param test the images to test on
   * @param how how they were divided
   */
  record Split(Images train, Images test, String how) {}

  private final Format format;
  private final PixelDataset data;

  /**
   * Takes images as they are, without copying.
   *
   * @param format what they have in common
   * @param images the pixels of each image, row by row, as unsigned bytes
   * @param classes the class of each image, as an unsigned byte
   */
  Images(Format format, byte[][] images, byte[] classes) {
    this(
        new PixelDataset(format.height(), format.width(), 1, format.classes(), images, classes),
        format.ink());
  }

  private Images(PixelDataset data, int ink) {
    this.format = new Format(data.height(), data.width(), ink, data.classes());
    this.data = data;
  }

  /**
   * {@return the images of a folder of IDX files, to train on and to test on}
   *
   * @param folder the folder
   * @throws fluxion.api.FormatException if a file is missing or malformed
   */
  static Split read(Path folder) {
    IdxFolder files = IdxFolder.read(folder);
    return new Split(
        new Images(files.train(), WHITE),
        new Images(files.test(), WHITE),
        "as the files divide them");
  }

  Format format() {
    return format;
  }

  /** {@return the images as a data set} */
  PixelDataset data() {
    return data;
  }

  int size() {
    return data.size();
  }

  int classOf(int image) {
    return data.label(image);
  }

  int pixel(int image, int row, int column) {
    return data.pixel(image, row, column, 0);
  }

  /** Shuffles, always in the same way, and takes four fifths to train and one fifth to test. */
  Split split() {
    int[] order = new int[size()];
    Arrays.setAll(order, i -> i);
    Random random = new Random(SPLIT_SEED);
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int other = order[j];
      order[j] = order[i];
      order[i] = other;
    }
    int test = Math.ceilDiv(size(), 5);
    int train = size() - test;
    return new Split(
        pick(Arrays.copyOf(order, train)),
        pick(Arrays.copyOfRange(order, train, size())),
        "shuffled, always in the same way");
  }

  private Images pick(int[] rows) {
    byte[][] images = new byte[rows.length][format.pixels()];
    byte[] classes = new byte[rows.length];
    for (int i = 0; i < rows.length; i++) {
      classes[i] = (byte) classOf(rows[i]);
      for (int p = 0; p < format.pixels(); p++) {
        images[i][p] = (byte) pixel(rows[i], p / format.width(), p % format.width());
      }
    }
    return new Images(format, images, classes);
  }

  /**
   * {@return some images, float32 {@code [rows, pixels]}, from 0 for paper to 1 for ink}
   *
   * @param rows which
   * @param device where they are to be
   */
  Tensor pixels(int[] rows, Device device) {
    // divided on the CPU: the same on each device
    return data.batch(rows)
        .inputs()
        .reshape(rows.length, format.pixels())
        .toFloat()
        .div_(format.ink())
        .to(device);
  }

  /**
   * {@return the classes of some images, int64 {@code [rows]}}
   *
   * @param rows which
   * @param device where they are to be
   */
  Tensor targets(int[] rows, Device device) {
    long[] values = new long[rows.length];
    Arrays.setAll(values, i -> classOf(rows[i]));
    return Tensors.tensor(values, Shape.of(rows.length), TensorOptions.DEFAULT.device(device));
  }
}
