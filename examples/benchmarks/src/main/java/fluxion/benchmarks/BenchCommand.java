package fluxion.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The command {@code ./fluxion bench}: measures the rows, the contestants taking turns at each, and
 * writes a report.
 */
public final class BenchCommand {
  private static final int FAILED = 1;
  private static final int USAGE = 2;
  static final List<String> PEERS = List.of("djl", "javacpp");

  private BenchCommand() {}

  /**
   * Runs the command.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    System.exit(run(List.of(args)));
  }

  static int run(List<String> args) {
    BenchOptions options;
    try {
      options = new BenchOptions(args);
    } catch (IllegalArgumentException e) {
      System.err.println("fluxion bench: " + e.getMessage());
      return USAGE;
    }
    if (options.help) {
      System.out.print(BenchOptions.HELP);
      return 0;
    }
    if (options.list) {
      Rows.ALL.stream()
          .filter(options::asksFor)
          .forEach(row -> System.out.printf("%-24s %s%n", row.name(), row.title()));
      return 0;
    }
    try {
      Path root = Path.of(System.getProperty("fluxion.root", "."));
      Path output = Files.createDirectories(root.resolve("target/bench"));
      return new Bench(options, contestants(options, root, output), output).run() ? 0 : FAILED;
    } catch (IOException e) {
      System.err.println("fluxion bench: " + e.getMessage());
      return FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return FAILED;
    }
  }

  private static List<Contestant> contestants(BenchOptions options, Path root, Path output)
      throws IOException, InterruptedException {
    Path benchmarks = root.resolve("examples/benchmarks");
    Path target = benchmarks.resolve("target");
    Path modules = target.resolve("modules");
    List<Contestant> all = new ArrayList<>();
    all.add(new Contestant.Fluxion(Contestant.Fluxion.CPU, target, List.of(modules), "cpu"));
    if (!options.device.equals("cpu")) {
      all.add(
          new Contestant.Fluxion(
              options.device,
              target,
              List.of(modules, root.resolve("backend-gpu/target/modules")),
              options.device));
    }
    if (options.peers) {
      for (String name : PEERS) {
        Path project = benchmarks.resolve("peers").resolve(name);
        build(project, name);
        for (boolean passive : new boolean[] {false, true}) {
          all.add(new Contestant.Peer(name, project.resolve("target"), passive));
        }
        unpack(new Contestant.Peer(name, project.resolve("target"), false), output);
      }
    }
    return all;
  }

  /** Fetches a peer's jars and compiles its workloads, unless that was done of these sources. */
  private static void build(Path project, String peer) throws IOException, InterruptedException {
    Path built = project.resolve("target/built");
    Path shared = project.resolve("../../src/shared");
    if (Files.exists(built)
        && newest(project.resolve("src"), shared, project.resolve("pom.xml"))
                .compareTo(Files.getLastModifiedTime(built))
            < 0) {
      return;
    }
    System.err.println("building " + peer + " (its jars are fetched the first time)…");
    boolean windows = System.getProperty("os.name").startsWith("Windows");
    int status =
        new ProcessBuilder(windows ? "mvn.cmd" : "mvn", "-B", "-q", "process-classes")
            .directory(project.toFile())
            .inheritIO()
            .start()
            .waitFor();
    if (status != 0) {
      throw new IOException("building " + peer + " failed; Maven's messages are above");
    }
    Files.writeString(built, "");
  }

  private static FileTime newest(Path... trees) throws IOException {
    FileTime newest = FileTime.fromMillis(0);
    for (Path tree : trees) {
      try (Stream<Path> files = Files.walk(tree)) {
        for (Path file : files.toList()) {
          FileTime time = Files.getLastModifiedTime(file);
          newest = time.compareTo(newest) > 0 ? time : newest;
        }
      }
    }
    return newest;
  }

  /**
   * Has a peer unpack its native libraries before it is measured. JavaCPP's libtorch has been seen
   * to crash in the process that unpacks it, and to run in the next.
   */
  private static void unpack(Contestant.Peer peer, Path output)
      throws InterruptedException, IOException {
    if (!Files.isDirectory(peer.cache())) {
      try {
        new Turn(peer, Rows.named("start"), Setting.ONE, Effort.QUICK, output).take();
      } catch (IOException e) {
        System.err.println("unpacking: " + e.getMessage());
      }
    }
  }
}
