package fluxion.benchmarks.workloads;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The benchmark that JMH times: one workload of {@link Workloads}, alone in its process. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Timed {
  /** The workload's name. */
  @Param("")
  public String name;

  private Workload workload;

  /**
   * Makes the workload.
   *
   * @throws Exception if it cannot be made
   */
  @Setup
  public void setUp() throws Exception {
    workload = Workloads.ALL.get(name).make();
    Measure.check(workload);
  }

  /**
   * Does the work once.
   *
   * @return what came out, which JMH consumes
   * @throws Exception if it fails
   */
  @Benchmark
  public Object run() throws Exception {
    return workload.run();
  }
}
