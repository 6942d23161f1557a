package fluxion.examples.train;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Small IDX files: images that are dark in the rows that stand for their class. */
final class IdxFiles {
  static final String TRAIN_IMAGES = "train-images-idx3-ubyte";
  static final String TRAIN_LABELS = "train-labels-idx1-ubyte";
  static final String TEST_IMAGES = "t10k-images-idx3-ubyte";
  static final String TEST_LABELS = "t10k-labels-idx1-ubyte";

  private IdxFiles() {}

  /** An IDX file of unsigned bytes. */
  static byte[] idx(byte[] elements, int... sizes) {
    ByteBuffer out = ByteBuffer.allocate(4 + 4 * sizes.length + elements.length);
    out.put(new byte[] {0, 0, 8, (byte) sizes.length});
    for (int size : sizes) {
      out.putInt(size);
    }
    return out.put(elements).array();
  }

  /** The labels 0, 1, … classes − 1, 0, 1, … */
  static byte[] labels(int count, int classes) {
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) (i % classes);
    }
    return idx(labels, count);
  }

  /** Images in which row c of class c is dark, with some noise. */
  static byte[] images(int count, int rows, int columns, int classes) {
    byte[] pixels = new byte[count * rows * columns];
    for (int i = 0; i < count; i++) {
      for (int c = 0; c < columns; c++) {
        pixels[(i * rows + i % classes) * columns + c] = (byte) 255;
        pixels[(i * rows + (i * 7 + c) % rows) * columns + c] |= (byte) ((i * 31 + c * 17) % 128);
      }
    }
    return idx(pixels, count, rows, columns);
  }

  static byte[] zipped(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(plain);
    }
    return bytes.toByteArray();
  }

  /** 60 images of 7 x 9 pixels in 3 classes to train on, and 12 to test on. */
  static void write(Path folder) throws IOException {
    Files.write(folder.resolve(TRAIN_IMAGES), images(60, 7, 9, 3));
    Files.write(folder.resolve(TRAIN_LABELS), labels(60, 3));
    Files.write(folder.resolve(TEST_IMAGES), images(12, 7, 9, 3));
    Files.write(folder.resolve(TEST_LABELS), labels(12, 3));
  }
}
