package fluxion.tests.support;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Runs a main class on a module path of its own, in a JVM of its own. */
public final class ChildJvm {
  private static final int USUAL_SECONDS = 60;

  /** What a program left behind. */
  public record Result(int exitCode, String out, String err) {
    /** What was written to the error stream, without what the JVM says of incubating modules. */
    public String errors() {
      return err.lines()
          .filter(line -> !line.startsWith("WARNING: Using incubator modules"))
          .collect(Collectors.joining("\n"));
    }
  }

  private final Path folder;
  private final List<Path> modulePath = new ArrayList<>();
  private final List<String> options = new ArrayList<>();
  private int seconds = USUAL_SECONDS;

  /**
   * Begins with an empty module path.
   *
   * @param folder where the program's output is kept
   */
  public ChildJvm(Path folder) {
    this.folder = folder;
  }

  /** Puts modules of this program on the path. */
  public ChildJvm with(String... modules) {
    modulePath.addAll(Modules.paths(modules));
    return this;
  }

  /** Puts a module on the path. */
  public ChildJvm with(Path module) {
    modulePath.add(module);
    return this;
  }

  /** Gives an option to the JVM. */
  public ChildJvm option(String option) {
    options.add(option);
    return this;
  }

  /** Says after how many seconds a program counts as stuck. */
  public ChildJvm seconds(int most) {
    seconds = most;
    return this;
  }

  /** Runs a main class, {@code module/class}. */
  public Result run(String main, String... arguments) {
    List<String> call = new ArrayList<>();
    call.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    call.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    call.addAll(options);
    call.add("--module-path");
    call.add(
        modulePath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    call.addAll(List.of("--module", main));
    call.addAll(List.of(arguments));
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    try {
      Process process =
          new ProcessBuilder(call).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
      process.getOutputStream().close();
      if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("still running after " + seconds + " s: " + call);
      }
      return new Result(process.exitValue(), read(out), read(err));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
