package fluxion.benchmarks.workloads;

import fluxion.api.DType;
import fluxion.api.Memory;
import fluxion.api.Tensor;

/** Products of square matrices, freed at once. */
final class Products {
  private Products() {}

  /** In float32. */
  static Workload single(int n) {
    return of(matrix(n), matrix(n));
  }

  /** In float64. */
  static Workload twice(int n) {
    return of(matrix(n).to(DType.FLOAT64), matrix(n).to(DType.FLOAT64));
  }

  private static Tensor matrix(int n) {
    return Place.tensor(Inputs.floats(n * n), n, n);
  }

  private static Workload of(Tensor a, Tensor b) {
    return Place.waitingFor(
        () -> {
          try (var _ = Memory.scope()) {
            return a.mm(b).shape();
          }
        });
  }
}
