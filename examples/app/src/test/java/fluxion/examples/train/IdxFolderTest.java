package fluxion.examples.train;

import static fluxion.examples.train.IdxFiles.TEST_IMAGES;
import static fluxion.examples.train.IdxFiles.TEST_LABELS;
import static fluxion.examples.train.IdxFiles.TRAIN_IMAGES;
import static fluxion.examples.train.IdxFiles.TRAIN_LABELS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.Device;
import fluxion.api.FormatException;
import fluxion.nn.data.IdxFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IdxFolderTest {
  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    IdxFiles.write(folder);
  }

  private void write(String name, byte[] bytes) throws IOException {
    Files.write(folder.resolve(name), bytes);
  }

  private byte[] bytes(String name) throws IOException {
    return Files.readAllBytes(folder.resolve(name));
  }

  /** Writes a file with one byte changed. */
  private void change(String name, int offset, int value) throws IOException {
    byte[] changed = bytes(name);
    changed[offset] = (byte) value;
    write(name, changed);
  }

  private String complaint() {
    String message = assertThrows(FormatException.class, () -> IdxFolder.read(folder)).getMessage();
    assertEquals(1, message.lines().count(), message);
    return message;
  }

  private void assertComplaint(String name, String expected) {
    assertEquals(folder.resolve(name) + ": " + expected, complaint());
  }

  @Test
  void images_and_labels_are_read_as_they_are() {
    Images.Split split = Images.read(folder);
    assertEquals(new Images.Format(7, 9, 255, 3), split.train().format());
    assertEquals(split.train().format(), split.test().format());
    assertEquals(60, split.train().size());
    assertEquals(12, split.test().size());
    assertEquals("as the files divide them", split.how());
    assertEquals(2, split.train().classOf(5));
    assertEquals(255, split.train().pixel(5, 2, 8));
    float[] pixels = split.test().pixels(new int[] {1}, Device.CPU).toFloatArray();
    assertEquals(63, pixels.length);
    assertEquals(1f, pixels[9]);
  }

  @Test
  void either_spelling_of_the_names_will_do_compressed_or_not() throws IOException {
    Images plain = Images.read(folder).train();
    write("train-images.idx3-ubyte.gz", IdxFiles.zipped(bytes(TRAIN_IMAGES)));
    write("train-labels.idx1-ubyte", IdxFiles.zipped(bytes(TRAIN_LABELS)));
    write("t10k-images-idx3-ubyte.gz", bytes(TEST_IMAGES));
    for (String name : new String[] {TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES}) {
      Files.delete(folder.resolve(name));
    }
    Images read = Images.read(folder).train();
    int[] all = new int[] {0, 1, 59};
    assertArrayEquals(
        plain.pixels(all, Device.CPU).toFloatArray(), read.pixels(all, Device.CPU).toFloatArray());
    assertArrayEquals(
        plain.targets(all, Device.CPU).toLongArray(), read.targets(all, Device.CPU).toLongArray());
  }

  @Test
  void a_folder_that_is_none_is_told() throws IOException {
    Path none = folder.resolve("none");
    Path file = folder.resolve(TRAIN_IMAGES);
    assertEquals(
        none + ": there is no such folder",
        assertThrows(FormatException.class, () -> IdxFolder.read(none)).getMessage());
    assertEquals(
        file + ": expected a folder, found a file",
        assertThrows(FormatException.class, () -> IdxFolder.read(file)).getMessage());
  }

  @Test
  void missing_files_are_told_with_the_names_looked_for() throws IOException {
    Files.delete(folder.resolve(TRAIN_LABELS));
    Files.delete(folder.resolve(TEST_IMAGES));
    Files.createDirectory(folder.resolve(TEST_IMAGES));
    assertEquals(
        folder
            + ": expected 4 IDX files, found none named train-labels-idx1-ubyte or"
            + " train-labels.idx1-ubyte, nor t10k-images-idx3-ubyte or t10k-images.idx3-ubyte, each"
            + " plain or with .gz",
        complaint());
  }

  @Test
  void a_wrong_beginning_is_told() throws IOException {
    String expected = "expected 00 00 08 03 (IDX, unsigned bytes, 3 dimensions), found ";
    byte[] good = bytes(TRAIN_IMAGES);
    change(TRAIN_IMAGES, 1, 0x50);
    assertComplaint(TRAIN_IMAGES, "offset 0: " + expected + "00 50 08 03");
    write(TRAIN_IMAGES, good);
    change(TRAIN_IMAGES, 2, 13);
    assertComplaint(TRAIN_IMAGES, "offset 2: " + expected + "00 00 0d 03, of another type");
    write(TRAIN_IMAGES, bytes(TRAIN_LABELS));
    assertComplaint(TRAIN_IMAGES, "offset 3: " + expected + "00 00 08 01, of 1 dimensions");
    write(TRAIN_IMAGES, new byte[3]);
    assertComplaint(TRAIN_IMAGES, "offset 0: " + expected + "a file of 3 bytes");
    write(TRAIN_IMAGES, new byte[0]);
    assertComplaint(TRAIN_IMAGES, "offset 0: " + expected + "a file of 0 bytes");
    write(TRAIN_IMAGES, Arrays.copyOf(good, 10));
    assertComplaint(
        TRAIN_IMAGES, "offset 8: expected the number of rows, found the end of the file");
  }

  @Test
  void sizes_that_make_no_sense_are_told_before_anything_is_allocated() throws IOException {
    String range = ", from 1 to 2147483647, found ";
    byte[] none = new byte[0];
    write(TEST_IMAGES, IdxFiles.idx(none, 0, 7, 9));
    assertComplaint(TEST_IMAGES, "offset 4: expected the number of images" + range + "0");
    write(TEST_IMAGES, IdxFiles.idx(none, 12, 7, -1));
    assertComplaint(
        TEST_IMAGES, "offset 12: expected the number of columns" + range + "4294967295");
    write(TRAIN_IMAGES, IdxFiles.idx(none, 60, Integer.MAX_VALUE, Integer.MAX_VALUE));
    assertComplaint(
        TRAIN_IMAGES,
        "offset 8: expected images of at most 262144 pixels, found 2147483647 x 2147483647");
    // compressed, nothing is known of the length before the end
    write(TRAIN_IMAGES, IdxFiles.zipped(IdxFiles.idx(none, Integer.MAX_VALUE, 512, 512)));
    write(TRAIN_LABELS, IdxFiles.zipped(IdxFiles.idx(none, Integer.MAX_VALUE)));
    String message = complaint();
    assertTrue(
        message.startsWith(
            folder.resolve(TRAIN_IMAGES)
                + ": offset 4 of the unpacked data: expected images that take at most "),
        message);
    assertTrue(message.endsWith(", found 2147483647 that take 536920063 MiB"), message);
  }

  @Test
  void a_length_that_contradicts_the_sizes_is_told() throws IOException {
    byte[] good = bytes(TRAIN_IMAGES);
    String expected = "offset 16: expected 3780 bytes of data, as the sizes say, found ";
    write(TRAIN_IMAGES, Arrays.copyOf(good, good.length - 5));
    assertComplaint(TRAIN_IMAGES, expected + "3775 up to the end of the file");
    write(TRAIN_IMAGES, Arrays.copyOf(good, good.length + 1));
    assertComplaint(TRAIN_IMAGES, expected + "3781 up to the end of the file");
    write(TRAIN_IMAGES, good);
    write(TEST_LABELS, Arrays.copyOf(bytes(TEST_LABELS), 15));
    assertComplaint(
        TEST_LABELS,
        "offset 8: expected 12 bytes of data, as the sizes say, found 7 up to the end of the file");
  }

  @Test
  void compressed_data_of_another_length_is_told() throws IOException {
    byte[] good = bytes(TRAIN_IMAGES);
    write(TRAIN_IMAGES, IdxFiles.zipped(Arrays.copyOf(good, good.length - 5)));
    assertComplaint(
        TRAIN_IMAGES,
        "offset 3791 of the unpacked data: expected more data, for image 60 of 60, found the end");
    write(TRAIN_IMAGES, IdxFiles.zipped(Arrays.copyOf(good, good.length + 1)));
    assertComplaint(
        TRAIN_IMAGES,
        "offset 3796 of the unpacked data: expected the end, as the sizes say, found more data");
  }

  @Test
  void damaged_compression_is_told() throws IOException {
    byte[] zipped = IdxFiles.zipped(bytes(TRAIN_IMAGES));
    write(TRAIN_IMAGES, Arrays.copyOf(zipped, 5));
    assertComplaint(TRAIN_IMAGES, "offset 0: expected a gzip header, found damage");
    write(TRAIN_IMAGES, Arrays.copyOf(zipped, zipped.length / 2));
    String message = complaint();
    assertTrue(
        message.matches(
            ".*: offset \\d+ of the unpacked data: expected more gzip data, found the end"),
        message);
    byte[] wrong = zipped.clone();
    wrong[zipped.length - 6] ^= 1; // in the checksum
    write(TRAIN_IMAGES, wrong);
    assertComplaint(
        TRAIN_IMAGES,
        "offset 3796 of the unpacked data: expected sound gzip data, found damage: Corrupt GZIP"
            + " trailer");
  }

  @Test
  void files_that_do_not_fit_each_other_are_told() throws IOException {
    byte[] good = bytes(TEST_LABELS);
    write(TEST_LABELS, IdxFiles.labels(11, 3));
    assertComplaint(
        TEST_LABELS,
        "offset 4: expected 12 labels, one for each image of t10k-images-idx3-ubyte, found 11");
    write(TEST_LABELS, good);
    change(TEST_LABELS, 13, 3);
    assertComplaint(
        TEST_LABELS, "offset 13: expected a label from 0 to 2, as those to train on, found 3");
    write(TEST_LABELS, good);
    write(TEST_IMAGES, IdxFiles.images(12, 9, 7, 3));
    assertComplaint(
        TEST_IMAGES, "offset 8: expected images of 7 x 9, as those to train on, found 9 x 7");
  }
}
