package fluxion.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.FormatException;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImageFolderTest {
  @TempDir Path folder;

  private Path write(BufferedImage image, String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    String format = name.substring(name.lastIndexOf('.') + 1);
    assertTrue(ImageIO.write(image, format, file.toFile()));
    return file;
  }

  /** A picture whose pixels are red 10, 20, 30 …, green 100 less, blue 7. */
  private static BufferedImage colours(int width, int height, int type) {
    BufferedImage image = new BufferedImage(width, height, type);
    for (int i = 0; i < width * height; i++) {
      int red = 10 + 10 * i;
      image.setRGB(i % width, i / width, 0xff000000 | red << 16 | (200 - red) << 8 | 7);
    }
    return image;
  }

  private static long[] red(Tensor image) {
    return image.select(2, 0).flatten().toLongArray();
  }

  @Test
  void a_picture_is_bytes_of_red_green_and_blue() throws IOException {
    for (String name : List.of("a.png", "a.bmp")) {
      Tensor image = ImageFile.read(write(colours(3, 2, BufferedImage.TYPE_INT_RGB), name));
      assertEquals(Shape.of(2, 3, 3), image.shape());
      assertArrayEquals(new long[] {10, 20, 30, 40, 50, 60}, red(image));
      assertArrayEquals(new long[] {10, 190, 7}, image.get(0).get(0).toLongArray());
    }
    // what is transparent keeps its colour
    Tensor transparent = ImageFile.read(write(colours(3, 2, BufferedImage.TYPE_INT_ARGB), "b.png"));
    assertArrayEquals(new long[] {60, 140, 7}, transparent.get(1).get(2).toLongArray());
  }

  @Test
  void levels_of_grey_are_taken_as_they_are() throws IOException {
    BufferedImage bytes = new BufferedImage(256, 1, BufferedImage.TYPE_BYTE_GRAY);
    BufferedImage shorts = new BufferedImage(256, 1, BufferedImage.TYPE_USHORT_GRAY);
    long[] levels = new long[256];
    for (int i = 0; i < 256; i++) {
      bytes.getRaster().setSample(i, 0, 0, i);
      shorts.getRaster().setSample(i, 0, 0, i << 8 | 255 - i);
      levels[i] = i;
    }
    for (BufferedImage image : List.of(bytes, shorts)) {
      Tensor read = ImageFile.read(write(image, "grey.png"));
      assertArrayEquals(levels, red(read));
      assertArrayEquals(levels, read.select(2, 2).flatten().toLongArray());
    }
  }

  @Test
  void palettes_and_single_bits_are_read() throws IOException {
    BufferedImage bits = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_BINARY);
    bits.setRGB(1, 0, 0xffffffff);
    assertArrayEquals(new long[] {0, 255, 0}, red(ImageFile.read(write(bits, "bits.png"))));
    BufferedImage palette = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_INDEXED);
    palette.setRGB(0, 0, 0xffff0000);
    palette.setRGB(1, 0, 0xff0000ff);
    for (String name : List.of("palette.png", "palette.gif")) {
      Tensor image = ImageFile.read(write(palette, name));
      assertArrayEquals(new long[] {255, 0, 0, 0, 0, 255}, image.flatten().toLongArray());
    }
  }

  @Test
  void a_jpeg_is_read_as_nearly_what_was_written() throws IOException {
    BufferedImage flat = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
    BufferedImage grey = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 256; i++) {
      flat.setRGB(i % 16, i / 16, 0xc86432);
      grey.getRaster().setSample(i % 16, i / 16, 0, 100);
    }
    double[] read = ImageFile.read(write(flat, "flat.jpg")).get(3).get(4).toDoubleArray();
    assertArrayEquals(new double[] {0xc8, 0x64, 0x32}, read, 3);
    read = ImageFile.read(write(grey, "grey.jpeg")).get(3).get(4).toDoubleArray();
    assertArrayEquals(new double[] {100, 100, 100}, read, 1);
  }

  // ---- folders

  private void writeClasses() throws IOException {
    BufferedImage image = colours(2, 2, BufferedImage.TYPE_INT_RGB);
    for (String name :
        List.of("dog/b.png", "dog/A.PNG", "dog/deep/a.png", "cat/x.jpg", "bird/1.bmp")) {
      write(image, name);
    }
    Files.writeString(folder.resolve("dog/notes.txt"), "none");
    Files.writeString(folder.resolve("readme.txt"), "none");
  }

  @Test
  void a_folder_in_it_is_a_class() throws IOException {
    writeClasses();
    ImageFolder data = ImageFolder.read(folder);
    assertEquals(List.of("bird", "cat", "dog"), data.classes());
    assertEquals(
        List.of("bird/1.bmp", "cat/x.jpg", "dog/A.PNG", "dog/b.png", "dog/deep/a.png"),
        data.files().stream()
            .map(file -> folder.relativize(file).toString().replace('\\', '/'))
            .toList());
    assertEquals(5, data.size());
    assertEquals(0, data.get(0).label().itemLong());
    assertEquals(2, data.get(4).label().itemLong());
    assertEquals(Shape.of(2, 2, 3), data.get(4).input().shape());
  }

  @Test
  void pictures_of_different_sizes_make_batches_when_they_are_cropped() throws IOException {
    write(colours(5, 4, BufferedImage.TYPE_INT_RGB), "a/1.png");
    write(colours(3, 6, BufferedImage.TYPE_INT_RGB), "b/2.png");
    Dataset data =
        ImageFolder.read(folder)
            .map(ImageTransforms.resize(4))
            .map(ImageTransforms.centerCrop(3))
            .map(ImageTransforms.toTensor());
    DataLoader loader = new DataLoader(data, DataLoaderOptions.batchSize(2).workers(2));
    assertEquals(Shape.of(2, 3, 3, 3), loader.iterator().next().inputs().shape());
  }

  @Test
  void folders_without_classes_or_pictures_are_told() throws IOException {
    assertEquals(
        "Couldn't find any class folder in " + folder + ".",
        assertThrows(FormatException.class, () -> ImageFolder.read(folder)).getMessage());
    writeClasses();
    Files.createDirectories(folder.resolve("empty/deep"));
    Files.createDirectories(folder.resolve("void"));
    assertEquals(
        folder
            + ": Found no valid file for the classes empty, void. Supported extensions are: .jpg,"
            + " .jpeg, .png, .bmp, .gif",
        assertThrows(FormatException.class, () -> ImageFolder.read(folder)).getMessage());
    Path none = folder.resolve("none");
    assertEquals(
        none + ": there is no such folder",
        assertThrows(FormatException.class, () -> ImageFolder.read(none)).getMessage());
    Path file = folder.resolve("readme.txt");
    assertEquals(
        file + ": expected a folder, found a file",
        assertThrows(FormatException.class, () -> ImageFolder.read(file)).getMessage());
  }

  // ---- what cannot be read

  private static byte[] encoded(String format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(colours(16, 12, BufferedImage.TYPE_INT_RGB), format, bytes);
    return bytes.toByteArray();
  }

  private static String refused(Path file) {
    String message =
        assertThrows(FormatException.class, () -> ImageFile.read(file), file.toString())
            .getMessage();
    assertTrue(message.startsWith(file + ": "), message);
    assertEquals(1, message.lines().count(), message);
    return message.substring(file.toString().length());
  }

  @Test
  void what_is_no_picture_is_told_with_its_name() throws IOException {
    Path text = Files.writeString(folder.resolve("a.png"), "no picture");
    assertEquals(
        ": expected a picture (PNG, JPEG, BMP or GIF), found something else", refused(text));
    Path empty = Files.write(folder.resolve("b.jpg"), new byte[0]);
    assertEquals(
        ": expected a picture (PNG, JPEG, BMP or GIF), found something else", refused(empty));
    assertEquals(": there is no such file", refused(folder.resolve("none.png")));
    for (String format : List.of("png", "jpg", "bmp", "gif")) {
      byte[] whole = encoded(format);
      for (double part : new double[] {0.1, 0.5, 0.9}) {
        byte[] cut = Arrays.copyOf(whole, (int) (part * whole.length));
        String message = refused(Files.write(folder.resolve("cut." + format), cut));
        assertTrue(message.startsWith(": "), message);
      }
    }
  }

  @Test
  void a_picture_that_is_too_large_is_refused_before_it_is_read() throws IOException {
    byte[] png = encoded("png");
    // the width, in the header's chunk, whose checksum the reader does not look at
    png[16] = 0x7f;
    Path file = Files.write(folder.resolve("huge.png"), png);
    assertEquals(": expected at most 89478485 pixels, found " + (0x7f000010L * 12), refused(file));
  }

  @Test
  void a_loader_tells_which_picture_it_was() throws IOException {
    writeClasses();
    Path file = Files.writeString(folder.resolve("cat/x.jpg"), "no picture");
    DataLoader loader =
        new DataLoader(ImageFolder.read(folder), DataLoaderOptions.batchSize(5).workers(1));
    DatasetException error = assertThrows(DatasetException.class, () -> loader.iterator().next());
    assertEquals(1, error.index());
    assertTrue(error.getMessage().startsWith("example 1: " + file + ": "), error.getMessage());
  }

  @Test
  void without_the_module_java_desktop_an_error_says_how_to_add_it() throws Exception {
    Path program =
        Files.writeString(
            folder.resolve("Program.java"),
            """
            void main() {
              try {
                fluxion.nn.data.ImageFile.read(java.nio.file.Path.of("%s"));
              } catch (fluxion.api.FluxionException e) {
                System.out.println(e.getMessage());
              }
            }
            """
                .formatted(
                    write(colours(1, 1, BufferedImage.TYPE_INT_RGB), "a.png")
                        .toString()
                        .replace('\\', '/')));
    List<String> call = new ArrayList<>();
    call.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    call.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    call.add("--limit-modules=fluxion.nn,jdk.compiler");
    call.add("--module-path=" + modulePath());
    call.addAll(List.of("--add-modules=fluxion.nn", program.toString()));
    Process process = new ProcessBuilder(call).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    assertEquals(
        "pictures are read by the JDK's module java.desktop, which is not there: start with"
            + " --add-modules java.desktop, on a runtime that has it",
        output.strip());
  }

  private static String modulePath() {
    return ModuleLayer.boot().configuration().modules().stream()
        .filter(module -> module.name().startsWith("fluxion."))
        .map(module -> Path.of(module.reference().location().orElseThrow()).toString())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
