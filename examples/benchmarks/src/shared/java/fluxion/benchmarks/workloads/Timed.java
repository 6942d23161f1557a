package fluxion.benchmarks.workloads;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The benchmark that JMH times: one workload of {@link Workloads}, alone in its process. */
@State(Scope.Thread)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Timed {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** Nanoseconds of processor time that a call took, a number an iteration. */
  private static final List<Double> PROCESSOR_TIMES = new ArrayList<>();

  /** The workload's name. */
  @Param("")
  public String name;

  /** For how many milliseconds of processor time the workload runs before JMH looks. */
  @Param("0")
  public int warmUp;

  private Workload workload;
  private long calls;
  private long begin;

  /**
   * Makes the workload.
   *
   * @throws Exception if it cannot be made
   */
  @Setup
  public void setUp() throws Exception {
    workload = Workloads.ALL.get(name).make();
    Measure.check(workload);
    Measure.warmUp(workload, warmUp);
  }

  /** Begins to count. */
  @Setup(Level.Iteration)
  public void begin() {
    calls = 0;
    begin = THREADS.getCurrentThreadCpuTime();
  }

  /** Notes what an iteration took. */
  @TearDown(Level.Iteration)
  public void end() {
    PROCESSOR_TIMES.add((THREADS.getCurrentThreadCpuTime() - begin) / (double) calls);
  }

  /** What a call took in the latest iterations. */
  static double[] processorTimes(int iterations) {
    return PROCESSOR_TIMES.stream()
        .skip(PROCESSOR_TIMES.size() - iterations)
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  /**
   * Does the work once.
   *
   * @return what came out, which JMH consumes
   * @throws Exception if it fails
   */
  @Benchmark
  public Object run() throws Exception {
    calls++;
    return workload.run();
  }
}
