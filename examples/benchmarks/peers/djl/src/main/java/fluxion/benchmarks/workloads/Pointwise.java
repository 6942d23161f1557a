package fluxion.benchmarks.workloads;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.function.BinaryOperator;

/** Pointwise operations on float32 vectors, freed at once. */
final class Pointwise {
  private Pointwise() {}

  static Workload add(int n) {
    return of(n, NDArray::add);
  }

  static Workload addInPlace(int n) {
    NDArray x = x(n);
    NDArray y = y(n);
    return () -> x.addi(y);
  }

  static Workload exp(int n) {
    return of(n, (x, y) -> x.exp());
  }

  static Workload tanh(int n) {
    return of(n, (x, y) -> x.tanh());
  }

  private static Workload of(int n, BinaryOperator<NDArray> operation) {
    NDArray x = x(n);
    NDArray y = y(n);
    return () -> {
      try (NDArray result = operation.apply(x, y)) {
        return result.getShape();
      }
    };
  }

  /** Six operations one by one. */
  static Workload six(int n) {
    NDArray x = x(n);
    NDArray y = y(n);
    return () -> {
      try (NDManager manager = Base.MANAGER.newSubManager()) {
        x.tempAttach(manager);
        y.tempAttach(manager);
        return x.mul(y).add(x).mul(y).sub(x).mul(0.5f).add(y).getShape();
      }
    };
  }

  private static NDArray x(int n) {
    return Base.tensor(Inputs.floats(n), n);
  }

  private static NDArray y(int n) {
    return x(n).mul(0.5f);
  }
}
