package fluxion.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The command {@code ./fluxion bench}: times workloads, each framework in a process of its own, in
 * turn, and prints medians and ratios.
 */
public final class BenchCommand {
  private static final String HELP =
      """
      usage: fluxion bench [OPTION...] [WORKLOADS]

      Times workloads with JMH and writes the table to target/bench/report.md as well.
      WORKLOADS is a regular expression, such as Gemm or 'Elementwise.(add|exp)'; all if absent.

        --peers        DJL's and JavaCPP's libtorch too, fetched with Maven at the first time (250 MB)
        --threads N    threads of each framework (default: the number of processors)
        --rounds N     how often each framework has its turn (default: 3)
        --verbose      show what the processes print
        --help         print this and do nothing
      """;

  private static final int FAILED = 1;
  private static final int USAGE = 2;
  private static final List<String> PEERS = List.of("djl", "javacpp");

  private String workloads = ".*";
  private boolean peers;
  private boolean verbose;
  private int threads = Runtime.getRuntime().availableProcessors();
  private int rounds = 3;

  private BenchCommand() {}

  /**
   * Runs the command.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    System.exit(new BenchCommand().run(List.of(args)));
  }

  private int run(List<String> args) {
    try {
      for (int i = 0; i < args.size(); i++) {
        switch (args.get(i)) {
          case "--help" -> {
            System.out.print(HELP);
            return 0;
          }
          case "--peers" -> peers = true;
          case "--verbose" -> verbose = true;
          case "--threads" -> threads = count(args, i++);
          case "--rounds" -> rounds = count(args, i++);
          default -> workloads = pattern(args.get(i));
        }
      }
    } catch (IllegalArgumentException e) {
      System.err.println("fluxion bench: " + e.getMessage());
      return USAGE;
    }
    try {
      measure();
      return 0;
    } catch (IOException e) {
      System.err.println("fluxion bench: " + e.getMessage());
      return FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return FAILED;
    }
  }

  private static int count(List<String> args, int option) {
    String value = option + 1 < args.size() ? args.get(option + 1) : "nothing";
    if (!value.matches("[1-9][0-9]{0,3}")) {
      throw new IllegalArgumentException(
          args.get(option) + " needs a number from 1 to 9999, not " + value);
    }
    return Integer.parseInt(value);
  }

  private static String pattern(String word) {
    if (word.startsWith("-")) {
      throw new IllegalArgumentException("no option " + word + "; see --help");
    }
    try {
      return Pattern.compile(word).pattern();
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "'" + word + "' is no regular expression: " + e.getDescription(), e);
    }
  }

  private void measure() throws IOException, InterruptedException {
    Path root = Path.of(System.getProperty("fluxion.root", "."));
    Path benchmarks = root.resolve("examples/benchmarks");
    Path output = Files.createDirectories(root.resolve("target/bench"));
    List<Framework> frameworks = new ArrayList<>();
    frameworks.add(Framework.fluxion(benchmarks));
    if (peers) {
      for (String peer : PEERS) {
        build(benchmarks.resolve("peers").resolve(peer), peer);
        frameworks.add(Framework.peer(benchmarks, peer));
      }
    }
    Figures figures = new Figures();
    for (int round = 1; round <= rounds; round++) {
      for (Framework framework : frameworks) {
        System.err.printf("round %d of %d: %s%n", round, rounds, framework.name());
        Path csv = output.resolve(framework.name() + ".csv");
        Files.deleteIfExists(csv);
        start(framework.command(workloads, threads, csv), framework, output);
        if (Files.exists(csv)) {
          figures.add(framework.name(), csv);
        }
      }
    }
    if (figures.isEmpty()) {
      throw new IOException("no workload matches " + workloads);
    }
    String report =
        Report.markdown(
            figures, frameworks.stream().map(Framework::name).toList(), threads, rounds);
    Files.writeString(output.resolve("report.md"), report);
    System.out.print(report);
  }

  private void start(List<String> command, Framework framework, Path output)
      throws IOException, InterruptedException {
    Path log = output.resolve(framework.name() + ".log");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(framework.environment(threads));
    if (verbose) {
      builder.inheritIO();
    } else {
      builder.redirectOutput(log.toFile());
    }
    int status = builder.start().waitFor();
    if (status != 0 && verbose) {
      throw new IOException(framework.name() + " failed with status " + status);
    } else if (status != 0) {
      throw new IOException(
          framework.name() + " failed with status " + status + "; what it printed is in " + log);
    }
  }

  private static void build(Path project, String peer) throws IOException, InterruptedException {
    if (Files.isDirectory(project.resolve("target/lib"))
        && Files.isDirectory(project.resolve("target/classes"))) {
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
  }
}
