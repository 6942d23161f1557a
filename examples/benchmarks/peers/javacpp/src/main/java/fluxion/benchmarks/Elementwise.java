package fluxion.benchmarks;

import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
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

/** Pointwise operations on JavaCPP. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Elementwise {
  /** The number of elements. */
  @Param("1000000")
  public int n;

  private final Scalar half = new Scalar(0.5f);
  private Tensor x;
  private Tensor y;

  /** Makes the operands. */
  @Setup
  public void setUp() {
    x = torch.tensor(Inputs.floats(n));
    y = torch.tensor(Inputs.floats(n)).mul(half);
  }

  /** The sum, freed at once. */
  @Benchmark
  public void add() {
    try (PointerScope scope = new PointerScope()) {
      x.add(y);
    }
  }

  /** The exponential, freed at once. */
  @Benchmark
  public void exp() {
    try (PointerScope scope = new PointerScope()) {
      x.exp();
    }
  }

  /** The hyperbolic tangent, freed at once. */
  @Benchmark
  public void tanh() {
    try (PointerScope scope = new PointerScope()) {
      x.tanh();
    }
  }

  /** Six operations one by one, all freed at once. */
  @Benchmark
  public void chain() {
    try (PointerScope scope = new PointerScope()) {
      x.mul(y).add(x).mul(y).sub(x).mul(half).add(y);
    }
  }
}
