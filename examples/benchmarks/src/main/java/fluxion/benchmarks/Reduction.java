package fluxion.benchmarks;

import fluxion.api.Memory;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Sums of float32 vectors and matrices. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Reduction {
  /** The number of elements, a square. */
  @Param({"1000000", "16000000"})
  public int n;

  private Tensor vector;
  private Tensor matrix;

  /** Makes the operands. */
  @Setup
  public void setUp() {
    int side = (int) Math.sqrt(n);
    vector = Tensors.tensor(Inputs.floats(n));
    matrix = vector.view(side, side);
  }

  /** The sum of all elements. */
  @Benchmark
  public void sum() {
    try (var _ = Memory.scope()) {
      vector.sum();
    }
  }

  /** The sums of the columns. */
  @Benchmark
  public void columns() {
    try (var _ = Memory.scope()) {
      matrix.sum(0);
    }
  }
}
