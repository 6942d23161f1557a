package fluxion.benchmarks.workloads;

import ai.djl.ndarray.NDArray;

/** Sums of float32 tensors. */
final class Reductions {
  private Reductions() {}

  static Workload sum(int n) {
    NDArray x = Base.tensor(Inputs.floats(n), n);
    return () -> {
      try (NDArray result = x.sum()) {
        return result.getShape();
      }
    };
  }

  static Workload columns(int side) {
    NDArray x = Base.tensor(Inputs.floats(side * side), side, side);
    int[] rows = {0};
    return () -> {
      try (NDArray result = x.sum(rows)) {
        return result.getShape();
      }
    };
  }
}
