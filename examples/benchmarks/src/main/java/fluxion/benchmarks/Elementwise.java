package fluxion.benchmarks;

import fluxion.api.Memory;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.PointwiseFunction;
import fluxion.engine.spi.Promotion;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Pointwise operations on float32 vectors. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Elementwise {
  private static final PointwiseFunction CHAIN =
      PointwiseFunction.binary("chain", Promotion.PROMOTE, Elementwise::formula);

  /** The number of elements. */
  @Param("1000000")
  public int n;

  private Tensor x;
  private Tensor y;

  private static Expr formula(Expr x, Expr y) {
    return x.mul(y).add(x).mul(y).sub(x).mul(0.5).add(y);
  }

  /** Makes the operands. */
  @Setup
  public void setUp() {
    x = Tensors.tensor(Inputs.floats(n));
    y = Tensors.tensor(Inputs.floats(n)).mul(0.5);
  }

  /** {@code x + y} into a new tensor that is freed. */
  @Benchmark
  public void add() {
    try (var _ = Memory.scope()) {
      x.add(y);
    }
  }

  /** {@code x + y} into a new tensor that is left to the garbage collector. */
  @Benchmark
  public Tensor addUnscoped() {
    return x.add(y);
  }

  /** {@code exp x}. */
  @Benchmark
  public void exp() {
    try (var _ = Memory.scope()) {
      x.exp();
    }
  }

  /** {@code tanh x}. */
  @Benchmark
  public void tanh() {
    try (var _ = Memory.scope()) {
      x.tanh();
    }
  }

  /**
   * {@code ((x·y + x)·y − x)·0.5 + y}: six operations. Here they are one expression, one kernel;
   * the peers run them one by one.
   */
  @Benchmark
  public void chain() {
    try (var _ = Memory.scope()) {
      CHAIN.call(x, y);
    }
  }
}
