package fluxion.benchmarks.workloads;

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
import fluxion.engine.spi.Reduction;
import java.util.ServiceLoader;

/**
 * What a call costs beside its kernel: operators on 4 × 4 matrices, and their kernels alone on
 * memory that is there already. The difference is the operator's overhead: dispatch, the result and
 * its memory, and, where it is recorded, the node.
 */
final class Call {
  private static final Shape SQUARE = Shape.of(4, 4);
  private static final Scalar[] NO_SCALARS = {};
  private static final Backend BACKEND =
      ServiceLoader.load(BackendProvider.class).stream()
          .map(ServiceLoader.Provider::get)
          .filter(provider -> provider.devices().contains(Device.CPU))
          .findFirst()
          .orElseThrow()
          .open(Device.CPU);

  private Call() {}

  private static Tensor x() {
    return Tensors.tensor(Inputs.floats(16)).view(4, 4);
  }

  private static Tensor y() {
    return x().mul(0.5);
  }

  private static Tensor recorded() {
    return x().clone().requiresGrad_();
  }

  private static Operand made(Shape shape) {
    return Layout.contiguous(shape).operand(BACKEND.allocate(DType.FLOAT32, shape.numel()));
  }

  /** A sum where nothing is recorded. */
  static Workload add() {
    Tensor x = x();
    Tensor y = y();
    return () -> {
      try (var _ = Autograd.noGrad()) {
        return x.add(y);
      }
    };
  }

  /** A sum where a gradient is required, so that a node is made. */
  static Workload addRecorded() {
    Tensor x = recorded();
    Tensor y = y();
    return () -> x.add(y);
  }

  /** The kernel of {@link #add} alone. */
  static Workload addKernel() {
    CompiledKernel kernel =
        BACKEND.compile(Kernel.of(Expr.input(0, DType.FLOAT32).add(Expr.input(1, DType.FLOAT32))));
    Operand[] from = {Primitives.operand(x()), Primitives.operand(y())};
    Operand[] to = {made(SQUARE)};
    return () -> {
      BACKEND.launch(kernel, to, from, NO_SCALARS);
      return to;
    };
  }

  /** The sums of the rows. */
  static Workload sum() {
    Tensor x = x();
    return () -> x.sum(1);
  }

  /** The sums of the rows, recorded. */
  static Workload sumRecorded() {
    Tensor x = recorded();
    return () -> x.sum(1);
  }

  /** The kernel of {@link #sum} alone. */
  static Workload sumKernel() {
    CompiledReduction kernel =
        BACKEND.compile(
            Reduction.of(Reduction.Kind.SUM, DType.FLOAT32, DType.FLOAT32, DType.FLOAT32));
    boolean[] rows = {false, true};
    Operand[] from = {Primitives.operand(x())};
    Operand to = made(Shape.of(4, 1));
    return () -> {
      BACKEND.reduce(kernel, from, rows, to, NO_SCALARS);
      return to;
    };
  }

  /** A product of matrices. */
  static Workload matmul() {
    Tensor x = x();
    Tensor y = y();
    return () -> x.matmul(y);
  }

  /** A product of matrices, recorded. */
  static Workload matmulRecorded() {
    Tensor x = recorded();
    Tensor y = y();
    return () -> x.matmul(y);
  }

  /** The kernel of {@link #matmul} alone. */
  static Workload matmulKernel() {
    Operand x = Primitives.operand(x());
    Operand y = Primitives.operand(y());
    Operand to = made(SQUARE);
    return () -> {
      BACKEND.matmul(x, y, to, null);
      return to;
    };
  }

  /** A view: there is no kernel. */
  static Workload transpose() {
    Tensor x = x();
    return x::t;
  }

  /** A view, recorded. */
  static Workload transposeRecorded() {
    Tensor x = recorded();
    return x::t;
  }
}
