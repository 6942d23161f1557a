package fluxion.examples.train;

import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import java.util.Arrays;
import java.util.Random;

/** Images of digits, each with its class. */
final class Digits {
  /** Width and height of an image. */
  static final int SIDE = 8;

  /** Pixels of an image. */
  static final int PIXELS = SIDE * SIDE;

  /** The darkest pixel. */
  static final int INK = 16;

  /** Classes: the digits from 0 to 9. */
  static final int CLASSES = 10;

  private static final long SPLIT_SEED = 1998;

  /** The two parts of a data set. */
  record Split(Digits train, Digits test) {}

  private final byte[][] images;
  private final byte[] classes;

  /**
   * Takes images as they are, without copying.
   *
   * @param images the pixels of each image, row by row
   * @param classes the class of each image
   */
  Digits(byte[][] images, byte[] classes) {
    this.images = images;
    this.classes = classes;
  }

  int size() {
    return images.length;
  }

  int classOf(int image) {
    return classes[image];
  }

  int pixel(int image, int row, int column) {
    return images[image][row * SIDE + column];
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
        pick(Arrays.copyOf(order, train)), pick(Arrays.copyOfRange(order, train, size())));
  }

  private Digits pick(int[] rows) {
    byte[][] pickedImages = new byte[rows.length][];
    byte[] pickedClasses = new byte[rows.length];
    for (int i = 0; i < rows.length; i++) {
      pickedImages[i] = images[rows[i]];
      pickedClasses[i] = classes[rows[i]];
    }
    return new Digits(pickedImages, pickedClasses);
  }

  /**
   * {@return some images, float32 {@code [rows, 64]}, from 0 for paper to 1 for ink}
   *
   * @param rows which
   */
  Tensor pixels(int[] rows) {
    float[] values = new float[rows.length * PIXELS];
    int at = 0;
    for (int row : rows) {
      for (byte pixel : images[row]) {
        values[at++] = (float) pixel / INK;
      }
    }
    return Tensors.tensor(values, Shape.of(rows.length, PIXELS), TensorOptions.DEFAULT);
  }

  /**
   * {@return the classes of some images, int64 {@code [rows]}}
   *
   * @param rows which
   */
  Tensor targets(int[] rows) {
    long[] values = new long[rows.length];
    Arrays.setAll(values, i -> classes[rows[i]]);
    return Tensors.tensor(values, Shape.of(rows.length), TensorOptions.DEFAULT);
  }
}
