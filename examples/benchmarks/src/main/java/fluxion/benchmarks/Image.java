package fluxion.benchmarks;

import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;

/**
 * Fluxion and a JDK as an image, with an archive of the classes that the first gradient loads.
 *
 * @param home where the image is
 * @param program the jar of the program that is started
 * @param archive the AOT cache
 */
record Image(Path home, Path program, Path archive) {
  /** Makes the image, or takes the one that was made of the same jars. */
  static Image of(List<Path> modules, Path classes, Path output)
      throws IOException, InterruptedException {
    Image image =
        new Image(
            output.resolve("image"), output.resolve("first.jar"), output.resolve("first.aot"));
    if (!image.isNewerThan(modules)) {
      deleteTree(image.home);
      Files.deleteIfExists(image.archive);
      image.make(modules, classes);
    }
    return image;
  }

  private boolean isNewerThan(List<Path> modules) throws IOException {
    if (!Files.exists(archive)) {
      return false;
    }
    for (Path module : modules) {
      if (Files.getLastModifiedTime(module).compareTo(Files.getLastModifiedTime(archive)) > 0) {
        return false;
      }
    }
    return true;
  }

  private void make(List<Path> modules, Path classes) throws IOException, InterruptedException {
    String path = String.join(File.pathSeparator, modules.stream().map(Path::toString).toList());
    tool(
        "jlink",
        "--module-path",
        path,
        "--add-modules",
        names(modules),
        "--output",
        home.toString());
    tool(
        "jar",
        "--create",
        "--file=" + program,
        "-C",
        classes.toString(),
        Contestant.FIRST_GRADIENT.replace('.', '/') + ".class");
    Process training =
        new ProcessBuilder(
                home.resolve("bin/java").toString(),
                "-XX:AOTCacheOutput=" + archive,
                "--add-modules=fluxion.api",
                "-cp",
                program.toString(),
                Contestant.FIRST_GRADIENT)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (training.waitFor() != 0) {
      throw new IOException("the AOT cache could not be made");
    }
  }

  /** The names of the modules in some jars. */
  private static String names(List<Path> modules) {
    return ModuleFinder.of(modules.toArray(Path[]::new)).findAll().stream()
        .map(module -> module.descriptor().name())
        .collect(Collectors.joining(","));
  }

  private static void tool(String name, String... arguments) throws IOException {
    int status = ToolProvider.findFirst(name).orElseThrow().run(System.err, System.err, arguments);
    if (status != 0) {
      throw new IOException(name + " failed with status " + status);
    }
  }

  private static void deleteTree(Path tree) throws IOException {
    if (Files.exists(tree)) {
      try (var files = Files.walk(tree)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  List<String> command() {
    return List.of(
        home.resolve("bin/java").toString(),
        "-XX:AOTCache=" + archive,
        "--add-modules=fluxion.api",
        "-cp",
        program.toString());
  }
}
