package fluxion.conformance.golden;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Packs recorded cases into the kit's resources: one archive an operator, one of second-order
 * cases, one of errors, and the index. The same input gives the same bytes.
 *
 * <pre>
 * java conformance/src/test/java/fluxion/conformance/golden/PackGolden.java GOLDEN_FOLDER \
 *     conformance/src/main/resources/fluxion/conformance/golden
 * </pre>
 *
 * <p>GOLDEN_FOLDER holds {@code open}, {@code second_order/open} and {@code errors}.
 */
final class PackGolden {
  private PackGolden() {}

  /** Takes the folder of recorded cases and the folder of the resources. */
  public static void main(String[] args) throws IOException {
    Path from = Path.of(args[0]);
    Path to = Path.of(args[1]);
    List<String> index = new ArrayList<>();
    for (Path operator : folders(from.resolve("open"))) {
      pack(operator, to, operator.getFileName() + ".zip", index);
    }
    pack(from.resolve("second_order/open"), to, "second_order.zip", index);
    pack(from.resolve("errors"), to, "errors.zip", index);
    Files.writeString(to.resolve("index.txt"), String.join("\n", index) + "\n");
  }

  private static List<Path> folders(Path folder) throws IOException {
    try (Stream<Path> folders = Files.list(folder)) {
      return folders.sorted().toList();
    }
  }

  private static void pack(Path folder, Path to, String name, List<String> index)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setLevel(Deflater.BEST_COMPRESSION);
      for (Path file : folders(folder)) {
        ZipEntry entry = new ZipEntry(file.getFileName().toString());
        entry.setTimeLocal(java.time.LocalDateTime.of(2026, 1, 1, 0, 0));
        zip.putNextEntry(entry);
        zip.write(Files.readAllBytes(file));
        zip.closeEntry();
      }
    }
    Files.write(to.resolve(name), bytes.toByteArray());
    index.add(name);
  }
}
