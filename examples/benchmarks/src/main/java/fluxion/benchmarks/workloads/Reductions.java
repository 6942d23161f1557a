package fluxion.benchmarks.workloads;

import fluxion.api.Memory;
import fluxion.api.Tensor;

/** Sums of float32 tensors. */
final class Reductions {
  private Reductions() {}

  /** The sum of all elements of a vector. */
  static Workload sum(int n) {
    Tensor x = Place.tensor(Inputs.floats(n), n);
    return Place.waitingFor(
        () -> {
          try (var _ = Memory.scope()) {
            return x.sum().shape();
          }
        });
  }

  /** The sums of the columns of a square matrix. */
  static Workload columns(int side) {
    Tensor x = Place.tensor(Inputs.floats(side * side), side, side);
    return Place.waitingFor(
        () -> {
          try (var _ = Memory.scope()) {
            return x.sum(0).shape();
          }
        });
  }
}
