package fluxion.backend.cpu.workers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;

/** Runs a class of these tests, and of this module alone, in a JVM of its own. */
public final class ChildJvm {
  private ChildJvm() {}

  /**
   * {@return the lines that a program prints}
   *
   * @param program the class with its main method
   * @param options of the JVM
   */
  public static List<String> run(Class<?> program, String... options)
      throws IOException, InterruptedException {
    return run(program, List.of(), options);
  }

  /**
   * {@return the lines that a program prints}
   *
   * @param program the class with its main method
   * @param beside a class of each further module that it needs
   * @param options of the JVM
   */
  public static List<String> run(Class<?> program, List<Class<?>> beside, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.add("--add-modules=jdk.incubator.vector");
    command.add("-cp");
    StringJoiner places = new StringJoiner(File.pathSeparator);
    places.add(place(program)).add(place(Workers.class));
    for (Class<?> type : beside) {
      places.add(place(type));
    }
    command.add(places.toString());
    command.add(program.getName());
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertEquals(0, process.waitFor(), "exit status of " + command);
    return lines;
  }

  /**
   * Requires that a program prints the same lines at every width of vectors that the JVM can be
   * told to use, without a compiler and with the first one alone.
   *
   * @param expected the lines
   * @param program the class with its main method
   * @param beside a class of each further module that it needs
   */
  public static void assertSameAtEveryWidth(
      List<String> expected, Class<?> program, Class<?>... beside)
      throws IOException, InterruptedException {
    for (String options :
        List.of(
            "-XX:UseAVX=3",
            "-XX:UseAVX=2",
            "-XX:UseAVX=1",
            "-XX:UseAVX=0",
            "-Xint",
            "-XX:TieredStopAtLevel=1")) {
      List<String> actual =
          run(program, List.of(beside), "-XX:+IgnoreUnrecognizedVMOptions", options);
      assertEquals(expected, actual, options);
    }
  }

  /** Where the file of a class lies: its code source would be the module's, patched or not. */
  private static String place(Class<?> type) {
    String file = type.getName().replace('.', '/') + ".class";
    URL url = Objects.requireNonNull(type.getResource("/" + file), file);
    String path = url.getPath();
    return path.startsWith("file:")
        ? path.substring("file:".length(), path.indexOf('!')) // in a jar
        : path.substring(0, path.length() - file.length());
  }
}
