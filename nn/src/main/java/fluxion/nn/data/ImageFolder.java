package fluxion.nn.data;

import fluxion.api.FormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A folder of pictures as torchvision's {@code ImageFolder}: each folder in it is a class, numbered
 * in the order of the names, and holds the pictures of that class, at any depth. They are read when
 * they are asked for.
 */
public final class ImageFolder implements Dataset {
  private static final List<String> EXTENSIONS = List.of(".jpg", ".jpeg", ".png", ".bmp", ".gif");

  private final List<String> classes;
  private final List<Path> files;
  private final int[] labels;

  private ImageFolder(List<String> classes, List<Path> files, int[] labels) {
    this.classes = List.copyOf(classes);
    this.files = List.copyOf(files);
    this.labels = labels;
  }

  /**
   * {@return a folder of pictures}
   *
   * @param folder the folder
   * @throws FormatException if it is not there, has no class, or a class has no picture
   */
  public static ImageFolder read(Path folder) {
    Folders.require(folder);
    try {
      return list(folder);
    } catch (IOException e) {
      throw new FormatException(folder + ": cannot be read: " + e.getMessage(), e);
    } catch (UncheckedIOException e) {
      throw new FormatException(folder + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static ImageFolder list(Path folder) throws IOException {
    List<Path> rooms;
    try (Stream<Path> entries = Files.list(folder)) {
      rooms =
          entries
              .filter(Files::isDirectory)
              .sorted(Comparator.comparing(ImageFolder::name))
              .toList();
    }
    if (rooms.isEmpty()) {
      throw new FormatException("Couldn't find any class folder in " + folder + ".");
    }
    List<Path> files = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    List<String> empty = new ArrayList<>();
    for (int label = 0; label < rooms.size(); label++) {
      List<Path> found = pictures(rooms.get(label));
      if (found.isEmpty()) {
        empty.add(name(rooms.get(label)));
      }
      files.addAll(found);
      while (labels.size() < files.size()) {
        labels.add(label);
      }
    }
    if (!empty.isEmpty()) {
      throw new FormatException(
          folder
              + ": Found no valid file for the classes "
              + String.join(", ", empty)
              + ". Supported extensions are: "
              + String.join(", ", EXTENSIONS));
    }
    return new ImageFolder(
        rooms.stream().map(ImageFolder::name).toList(),
        files,
        labels.stream().mapToInt(Integer::intValue).toArray());
  }

  private static List<Path> pictures(Path room) throws IOException {
    try (Stream<Path> entries = Files.walk(room, FileVisitOption.FOLLOW_LINKS)) {
      return entries
          .filter(ImageFolder::isPicture)
          .sorted(
              Comparator.comparing((Path file) -> String.valueOf(file.getParent()))
                  .thenComparing(ImageFolder::name))
          .toList();
    }
  }

  private static boolean isPicture(Path file) {
    String name = name(file).toLowerCase(Locale.ROOT);
    return EXTENSIONS.stream().anyMatch(name::endsWith) && Files.isRegularFile(file);
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  /** {@return the names of the classes by number} */
  public List<String> classes() {
    return classes;
  }

  /** {@return the files, in the order of the examples} */
  public List<Path> files() {
    return files;
  }

  @Override
  public int size() {
    return files.size();
  }

  /**
   * {@return a picture, uint8 {@code [height, width, 3]}, and the number of its class}
   *
   * @param index its number
   * @throws FormatException if the file is no picture
   */
  @Override
  public Example get(int index) {
    Indices.check(index, files.size());
    return Example.of(ImageFile.read(files.get(index)), labels[index]);
  }
}
