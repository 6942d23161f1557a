package fluxion.benchmarks.workloads;

import fluxion.api.Memory;
import fluxion.api.Tensor;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.PointwiseFunction;
import fluxion.engine.spi.Promotion;
import java.util.function.BinaryOperator;

/** Pointwise operations on float32 vectors. */
final class Pointwise {
  private static final PointwiseFunction SIX =
      PointwiseFunction.binary("six", Promotion.PROMOTE, Pointwise::six);

  private Pointwise() {}

  /** Six operations in one formula, so in one kernel; the peers run them one by one. */
  private static Expr six(Expr x, Expr y) {
    return x.mul(y).add(x).mul(y).sub(x).mul(0.5).add(y);
  }

  /** A new tensor that is left to the garbage collector. */
  static Workload addNew(int n) {
    Tensor x = x(n);
    Tensor y = y(n);
    return Place.waitingFor(() -> x.add(y));
  }

  static Workload addInScope(int n) {
    return inScope(n, Tensor::add);
  }

  static Workload addInPlace(int n) {
    Tensor x = x(n);
    Tensor y = y(n);
    return Place.waitingFor(() -> x.add_(y));
  }

  static Workload exp(int n) {
    return inScope(n, (x, y) -> x.exp());
  }

  static Workload tanh(int n) {
    return inScope(n, (x, y) -> x.tanh());
  }

  static Workload six(int n) {
    return inScope(n, SIX::call);
  }

  private static Workload inScope(int n, BinaryOperator<Tensor> operation) {
    Tensor x = x(n);
    Tensor y = y(n);
    return Place.waitingFor(
        () -> {
          try (var _ = Memory.scope()) {
            return operation.apply(x, y).shape();
          }
        });
  }

  private static Tensor x(int n) {
    return Place.tensor(Inputs.floats(n), n);
  }

  private static Tensor y(int n) {
    return x(n).mul(0.5);
  }
}
