package fluxion.benchmarks;

import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Products of square float32 matrices on JavaCPP. */
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
    a = torch.tensor(Inputs.floats(n * n)).reshape(n, n);
    b = torch.tensor(Inputs.floats(n * n)).reshape(n, n);
  }

  /** The product, freed at once. */
  @Benchmark
  public void sgemm() {
    try (PointerScope scope = new PointerScope()) {
      a.mm(b);
    }
  }
}
