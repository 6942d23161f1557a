package fluxion.benchmarks.workloads;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/**
 * Measures one workload in the process that it is started in, and prints {@code result MEDIAN BEST
 * CHECK}: nanoseconds a call, or bytes, and the number that the fifth call came to, or NaN.
 *
 * <p>Arguments: {@code time NAME WARM-UP MILLISECONDS} takes the time that each call lasts; {@code
 * cpu NAME WARM-UP MILLISECONDS} the processor time of the calling thread, which other processes do
 * not change, as that is the same where one thread does all the work; {@code memory NAME CALLS} the
 * memory. The warm-up is as many milliseconds of processor time, of all threads together: so the
 * JIT has had its turn, too, on a machine that is busy with other things.
 */
public final class Measure {
  /** After how many calls frameworks are compared. */
  private static final int CALLS_TO_CHECK = 5;

  /** Warming up ends after so many times its length, however little the process has run. */
  private static final int PATIENCE = 12;

  private static final int BATCHES = 5;
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
    String result;
    if (args[0].equals("memory")) {
      double bytes = memory(args[1], Integer.parseInt(args[2]));
      result = result(bytes, bytes);
    } else {
      int warmUp = Integer.parseInt(args[2]);
      int millis = Integer.parseInt(args[3]);
      result = args[0].equals("cpu") ? cpu(args[1], warmUp, millis) : wall(args[1], warmUp, millis);
    }
    System.out.println();
    System.out.println(result);
    System.out.flush();
    // threads of native libraries need not end by themselves
    System.exit(0);
  }

  private static String result(double median, double best) {
    return String.format(Locale.ROOT, "result %.6g %.6g %.9g", median, best, check);
  }

  private static String wall(String name, int warmUp, int millis) throws RunnerException {
    Statistics times =
        run(options(name, warmUp).mode(Mode.SampleTime).measurementIterations(1), millis);
    return result(times.getPercentile(MEDIAN), times.getMin());
  }

  private static String cpu(String name, int warmUp, int millis) throws RunnerException {
    run(
        options(name, warmUp).mode(Mode.AverageTime).measurementIterations(BATCHES),
        Math.max(1, millis / BATCHES));
    double[] batches = Timed.processorTimes(BATCHES);
    Arrays.sort(batches);
    return result(batches[BATCHES / 2], batches[0]);
  }

  private static Statistics run(ChainedOptionsBuilder options, int millis) throws RunnerException {
    return new Runner(options.measurementTime(TimeValue.milliseconds(millis)).build())
        .runSingle()
        .getPrimaryResult()
        .getStatistics();
  }

  private static ChainedOptionsBuilder options(String name, int warmUp) {
    return new OptionsBuilder()
        .include(Timed.class.getName())
        .param("name", name)
        .param("warmUp", Integer.toString(warmUp))
        // this process is the workload's own already
        .forks(0)
        // what JMH puts around the calls warms up by itself
        .warmupIterations(warmUp == 0 ? 0 : 1)
        .warmupTime(TimeValue.milliseconds(300))
        .shouldFailOnError(true)
        .verbosity(VerboseMode.SILENT);
  }

  /** Runs a workload until the process has had so much processor time. */
  static void warmUp(Workload workload, int millis) throws Exception {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long enough = system.getProcessCpuTime() + millis * 1_000_000L;
    long latest = System.nanoTime() + PATIENCE * millis * 1_000_000L;
    while (system.getProcessCpuTime() < enough && System.nanoTime() < latest) {
      workload.run();
    }
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
