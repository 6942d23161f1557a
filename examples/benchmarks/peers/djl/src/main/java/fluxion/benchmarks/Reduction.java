package fluxion.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Sums on DJL. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Reduction {
  /** The number of elements, a square. */
  @Param({"1000000", "16000000"})
  public int n;

  private NDArray vector;
  private NDArray matrix;

  /** Makes the operands. */
  @Setup
  public void setUp() {
    int side = (int) Math.sqrt(n);
    vector = NDManager.newBaseManager().create(Inputs.floats(n));
    matrix = vector.reshape(new Shape(side, side));
  }

  /** The sum of all elements. */
  @Benchmark
  public void sum() {
    vector.sum().close();
  }

  /** The sums of the columns. */
  @Benchmark
  public void columns() {
    matrix.sum(new int[] {0}).close();
  }
}
