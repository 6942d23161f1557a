package fluxion.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Pointwise operations on DJL. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Elementwise {
  /** The number of elements. */
  @Param("1000000")
  public int n;

  private NDManager base;
  private NDArray x;
  private NDArray y;

  /** Makes the operands. */
  @Setup
  public void setUp() {
    base = NDManager.newBaseManager();
    x = base.create(Inputs.floats(n));
    y = base.create(Inputs.floats(n)).mul(0.5);
  }

  /** The sum, freed at once. */
  @Benchmark
  public void add() {
    x.add(y).close();
  }

  /** The exponential, freed at once. */
  @Benchmark
  public void exp() {
    x.exp().close();
  }

  /** The hyperbolic tangent, freed at once. */
  @Benchmark
  public void tanh() {
    x.tanh().close();
  }

  /** Six operations one by one, all freed at once. */
  @Benchmark
  public void chain() {
    try (NDManager manager = base.newSubManager()) {
      x.tempAttach(manager);
      y.tempAttach(manager);
      x.mul(y).add(x).mul(y).sub(x).mul(0.5).add(y);
    }
  }
}
