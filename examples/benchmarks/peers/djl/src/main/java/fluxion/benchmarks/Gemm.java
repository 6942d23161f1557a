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

/** Products of square float32 matrices on DJL. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Gemm {
  /** The number of rows and columns. */
  @Param({"64", "256", "1024"})
  public int n;

  private NDArray a;
  private NDArray b;

  /** Makes the matrices. */
  @Setup
  public void setUp() {
    NDManager base = NDManager.newBaseManager();
    a = base.create(Inputs.floats(n * n), new Shape(n, n));
    b = base.create(Inputs.floats(n * n), new Shape(n, n));
  }

  /** The product, freed at once. */
  @Benchmark
  public void sgemm() {
    try (NDArray product = a.matMul(b)) {
      product.getShape();
    }
  }
}
