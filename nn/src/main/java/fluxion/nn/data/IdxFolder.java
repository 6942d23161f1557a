package fluxion.nn.data;

import fluxion.api.FormatException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A folder of four IDX files, named as those of MNIST and Fashion-MNIST, each plain or compressed
 * with gzip: images and labels to train on, images and labels to test on.
 *
 * <p>The files are streamed. What stays in memory is one unsigned byte a pixel.
 */
public final class IdxFolder {
  /** The most pixels of an image. */
  private static final long MOST_PIXELS = 1 << 18;

  /** What an image takes in memory beside its pixels, in bytes. */
  private static final long OVERHEAD = 24;

  private static final String[] IMAGES = {"images", "rows", "columns"};
  private static final String[] LABELS = {"labels"};

  private final PixelDataset train;
  private final PixelDataset test;

  private IdxFolder(PixelDataset train, PixelDataset test) {
    this.train = train;
    this.test = test;
  }

  /**
   * {@return a folder, of which all files have been read}
   *
   * @param folder the folder
   * @throws FormatException if a file is missing, malformed, or does not fit the others
   */
  public static IdxFolder read(Path folder) {
    Folders.require(folder);
    List<String> missing = new ArrayList<>();
    Path trainImages = find(folder, "train-images", "idx3", missing);
    Path trainLabels = find(folder, "train-labels", "idx1", missing);
    Path testImages = find(folder, "t10k-images", "idx3", missing);
    Path testLabels = find(folder, "t10k-labels", "idx1", missing);
    if (trainImages == null || trainLabels == null || testImages == null || testLabels == null) {
      throw new FormatException(
          folder
              + ": expected 4 IDX files, found none named "
              + String.join(", nor ", missing)
              + ", each plain or with .gz");
    }
    PixelDataset train = read(trainImages, trainLabels, null);
    return new IdxFolder(train, read(testImages, testLabels, train));
  }

  /** {@return the images to train on} */
  public PixelDataset train() {
    return train;
  }

  /** {@return the images to test on} */
  public PixelDataset test() {
    return test;
  }

  /** The file of a kind, or null after its names were noted as missing. */
  private static @Nullable Path find(Path folder, String kind, String type, List<String> missing) {
    String dashed = kind + "-" + type + "-ubyte";
    String dotted = kind + "." + type + "-ubyte";
    for (String name : List.of(dashed, dotted, dashed + ".gz", dotted + ".gz")) {
      Path file = folder.resolve(name);
      if (Files.isRegularFile(file)) {
        return file;
      }
    }
    missing.add(dashed + " or " + dotted);
    return null;
  }

  /** Reads images and their labels, which are to be like others if there are any. */
  private static PixelDataset read(Path imageFile, Path labelFile, @Nullable PixelDataset like) {
    try (IdxReader images = new IdxReader(imageFile, IMAGES);
        IdxReader labels = new IdxReader(labelFile, LABELS)) {
      int count = images.size(0);
      if (labels.size(0) != count) {
        throw labels.wrong(
            IdxReader.offsetOfSize(0),
            count + " labels, one for each image of " + imageFile.getFileName(),
            Integer.toString(labels.size(0)));
      }
      int pixels = checkSizes(images, like);
      images.checkLength((long) count * pixels);
      labels.checkLength(count);
      checkMemory(images, count, pixels);

      byte[] classes = labels.read(count, "label " + count + " of " + count);
      labels.end();
      if (like != null) {
        checkLabels(labels, classes, like.classes());
      }
      byte[][] pictures = new byte[count][];
      for (int i = 0; i < count; i++) {
        pictures[i] = images.read(pixels, "image " + (i + 1) + " of " + count);
      }
      images.end();
      return new PixelDataset(
          images.size(1),
          images.size(2),
          1,
          like == null ? countClasses(classes) : like.classes(),
          pictures,
          classes);
    }
  }

  /** The number of pixels of an image. */
  private static int checkSizes(IdxReader images, @Nullable PixelDataset like) {
    int rows = images.size(1);
    int columns = images.size(2);
    if (like != null && (rows != like.height() || columns != like.width())) {
      throw images.wrong(
          IdxReader.offsetOfSize(1),
          "images of " + like.height() + " x " + like.width() + ", as those to train on",
          rows + " x " + columns);
    }
    if ((long) rows * columns > MOST_PIXELS) {
      throw images.wrong(
          IdxReader.offsetOfSize(1),
          "images of at most " + MOST_PIXELS + " pixels",
          rows + " x " + columns);
    }
    return rows * columns;
  }

  private static void checkMemory(IdxReader images, int count, int pixels) {
    long needed = count * (pixels + OVERHEAD);
    long most = Runtime.getRuntime().maxMemory() / 2;
    if (needed > most) {
      throw images.wrong(
          IdxReader.offsetOfSize(0),
          "images that take at most " + (most >> 20) + " MiB, half of the heap (see java -Xmx)",
          count + " that take " + (needed >> 20) + " MiB");
    }
  }

  /** The labels are taken to be 0, 1 and so on up to the largest. */
  private static int countClasses(byte[] labels) {
    int largest = 0;
    for (byte label : labels) {
      largest = Math.max(largest, Byte.toUnsignedInt(label));
    }
    return largest + 1;
  }

  private static void checkLabels(IdxReader labels, byte[] found, int classes) {
    for (int i = 0; i < found.length; i++) {
      int label = Byte.toUnsignedInt(found[i]);
      if (label >= classes) {
        throw labels.wrong(
            IdxReader.offsetOfSize(LABELS.length) + i,
            "a label from 0 to " + (classes - 1) + ", as those to train on",
            Integer.toString(label));
      }
    }
  }
}
