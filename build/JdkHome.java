import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the home of the JDK that runs it into a file, for {@code ./fluxion} to find. */
final class JdkHome {
  private JdkHome() {}

  /** Takes the file's name. */
  public static void main(String[] args) throws IOException {
    Path file = Path.of(args[0]);
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, System.getProperty("java.home") + System.lineSeparator());
  }
}
