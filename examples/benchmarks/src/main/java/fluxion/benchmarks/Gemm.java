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

/** Products of square float32 matrices. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Gemm {
  /** The number of rows and columns. */
  @Param({"64", "256", "1024"})
  public int n;

  private Tensor a;
  private Tensor b;

  /** Makes the matrices. */
  @Setup
  public void setUp() {
    a = Tensors.tensor(Inputs.floats(n * n)).view(n, n);
    b = Tensors.tensor(Inputs.floats(n * n)).view(n, n);
  }

  /** {@code a·b} into a new tensor that is freed. */
  @Benchmark
  public void sgemm() {
    try (var _ = Memory.scope()) {
      a.mm(b);
    }
  }
}
