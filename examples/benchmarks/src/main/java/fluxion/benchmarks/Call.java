package fluxion.benchmarks;

import fluxion.api.Autograd;
import fluxion.api.DType;
import fluxion.api.Device;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import fluxion.engine.spi.Backend;
import fluxion.engine.spi.BackendProvider;
import fluxion.engine.spi.CompiledKernel;
import fluxion.engine.spi.CompiledReduction;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Layout;
import fluxion.engine.spi.Operand;
import fluxion.engine.spi.Primitives;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What a call costs beside its kernel: operators on 4 × 4 matrices, and their kernels alone on
 * memory that is there already. The difference is the operator's overhead: dispatch, the result and
 * its memory, and, where it is recorded, the node.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Call {
  private static final Shape SQUARE = Shape.of(4, 4);
  private static final Scalar[] NO_SCALARS = {};

  private Backend backend;
  private CompiledKernel addition;
  private CompiledReduction summation;
  private final boolean[] rows = {false, true};

  private Tensor x;
  private Tensor y;
  private Tensor recorded;
  private Operand left;
  private Operand[] pair;
  private Operand[] single;
  private Operand[] square;
  private Operand column;

  /** Makes the operands, and opens a device for the kernels alone. */
  @Setup
  public void setUp() {
    x = Tensors.tensor(Inputs.floats(16)).view(4, 4);
    y = Tensors.tensor(Inputs.floats(16)).view(4, 4).mul(0.5);
    recorded = x.clone().requiresGrad_();
    backend =
        ServiceLoader.load(BackendProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(provider -> provider.devices().contains(Device.CPU))
            .findFirst()
            .orElseThrow()
            .open(Device.CPU);
    Expr sum = Expr.input(0, DType.FLOAT32).add(Expr.input(1, DType.FLOAT32));
    addition = backend.compile(Kernel.of(sum));
    summation =
        backend.compile(
            fluxion.engine.spi.Reduction.of(
                fluxion.engine.spi.Reduction.Kind.SUM,
                DType.FLOAT32,
                DType.FLOAT32,
                DType.FLOAT32));
    left = Primitives.operand(x);
    pair = new Operand[] {left, Primitives.operand(y)};
    single = new Operand[] {left};
    square = new Operand[] {made(SQUARE)};
    column = made(Shape.of(4, 1));
  }

  private Operand made(Shape shape) {
    return Layout.contiguous(shape).operand(backend.allocate(DType.FLOAT32, shape.numel()));
  }

  /** What a kernel has written. */
  float[] read(Operand operand) {
    float[] values = new float[Math.toIntExact(operand.numel())];
    backend.download(operand.buffer(), 0, values, 0, values.length);
    return values;
  }

  /** {@code x + y}, recorded by nobody. */
  @Benchmark
  public Tensor add() {
    try (var _ = Autograd.noGrad()) {
      return x.add(y);
    }
  }

  /** {@code x + y} where a gradient is required, so that a node is made. */
  @Benchmark
  public Tensor addRecorded() {
    return recorded.add(y);
  }

  /** The kernel of {@link #add} alone. */
  @Benchmark
  public Operand addKernel() {
    backend.launch(addition, square, pair, NO_SCALARS);
    return square[0];
  }

  /** The sums of the rows. */
  @Benchmark
  public Tensor sum() {
    return x.sum(1);
  }

  /** The sums of the rows, recorded. */
  @Benchmark
  public Tensor sumRecorded() {
    return recorded.sum(1);
  }

  /** The kernel of {@link #sum} alone. */
  @Benchmark
  public Operand sumKernel() {
    backend.reduce(summation, single, rows, column, NO_SCALARS);
    return column;
  }

  /** {@code x · y}. */
  @Benchmark
  public Tensor matmul() {
    return x.matmul(y);
  }

  /** {@code x · y}, recorded. */
  @Benchmark
  public Tensor matmulRecorded() {
    return recorded.matmul(y);
  }

  /** The kernel of {@link #matmul} alone. */
  @Benchmark
  public Operand matmulKernel() {
    backend.matmul(left, pair[1], square[0], null);
    return square[0];
  }

  /** {@code xᵀ}, a view: there is no kernel. */
  @Benchmark
  public Tensor transpose() {
    return x.t();
  }

  /** {@code xᵀ}, recorded. */
  @Benchmark
  public Tensor transposeRecorded() {
    return recorded.t();
  }
}
