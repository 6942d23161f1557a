package fluxion.benchmarks.workloads;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Measures one workload in the process that it is started in, and prints {@code result FIGURE
 * CHECK}: nanoseconds a call, or bytes, and the number that the fifth call came to, or NaN.
 *
 * <p>Arguments: {@code time NAME WARM-UP ITERATIONS MILLISECONDS}, or {@code memory NAME CALLS}.
 */
public final class Measure {
  /** After how many calls frameworks are compared. */
  private static final int CALLS_TO_CHECK = 5;

  private static final double MEDIAN = 50;

  private static double check = Double.NaN;

  private Measure() {}

  /**
   * Measures and exits.
   *
   * @param args what and how
   * @throws Exception if the workload fails
   */
  public static void main(String[] args) throws Exception {
    double figure =
        args[0].equals("memory")
            ? memory(args[1], Integer.parseInt(args[2]))
            : time(
                args[1],
                Integer.parseInt(args[2]),
                Integer.parseInt(args[3]),
                Integer.parseInt(args[4]));
    System.out.printf(Locale.ROOT, "%nresult %.6g %.9g%n", figure, check);
    System.out.flush();
    // threads of native libraries need not end by themselves
    System.exit(0);
  }

  private static double time(String name, int warmUp, int iterations, int millis)
      throws RunnerException {
    TimeValue length = TimeValue.milliseconds(millis);
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(Timed.class.getName())
            .param("name", name)
            // this process is the workload's own already
            .forks(0)
            .warmupIterations(warmUp)
            .warmupTime(length)
            .measurementIterations(iterations)
            .measurementTime(length)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT);
    return new Runner(options.build())
        .runSingle()
        .getPrimaryResult()
        .getStatistics()
        .getPercentile(MEDIAN);
  }

  /** The most memory that the process ever had in residence, in bytes. */
  private static double memory(String name, int calls) throws Exception {
    Workload workload = Workloads.ALL.get(name).make();
    check(workload);
    for (int i = CALLS_TO_CHECK; i < calls; i++) {
      workload.run();
    }
    return peakResident();
  }

  private static double peakResident() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return Double.NaN; // only Linux tells
    }
    String line =
        Files.readAllLines(status).stream()
            .filter(text -> text.startsWith("VmHWM:"))
            .findFirst()
            .orElseThrow();
    return Double.parseDouble(line.replaceAll("[^0-9]", "")) * 1024;
  }

  /** Runs a workload a few times; a number that it comes to is what frameworks have to agree on. */
  static void check(Workload workload) throws Exception {
    Object last = workload.run();
    for (int i = 1; i < CALLS_TO_CHECK && last instanceof Number; i++) {
      last = workload.run();
    }
    check = last instanceof Number number ? number.doubleValue() : Double.NaN;
  }
}
