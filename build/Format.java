import com.google.googlejavaformat.java.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** Runs google-java-format over every source file of the project. */
final class Format {
  private Format() {}

  /** Takes {@code check} or {@code fix}, the project's root, and the file that says all is well. */
  public static void main(String[] args) throws Exception {
    boolean fix = args[0].equals("fix");
    List<String> call = new ArrayList<>();
    if (fix) {
      call.add("--replace");
    } else {
      call.addAll(List.of("--dry-run", "--set-exit-if-changed"));
    }
    List<String> sources = sources(Path.of(args[1]));
    call.addAll(sources);
    PrintWriter out = new PrintWriter(System.out, true);
    PrintWriter errors = new PrintWriter(System.err, true);
    int status = new Main(out, errors, System.in).format(call.toArray(String[]::new));
    out.flush();
    errors.flush();
    // the build looks for this file
    Path formatted = Path.of(args[2]);
    Files.deleteIfExists(formatted);
    if (status == 0) {
      Files.writeString(formatted, sources.size() + " files\n");
    }
  }

  private static List<String> sources(Path root) throws IOException {
    List<String> files = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
            String name = dir.getFileName().toString();
            boolean skip = name.equals("target") || (name.startsWith(".") && !dir.equals(root));
            return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".java")) {
              files.add(file.toString());
            }
            return FileVisitResult.CONTINUE;
          }
        });
    files.sort(null);
    return files;
  }
}
