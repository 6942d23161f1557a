package fluxion.benchmarks.workloads;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;

/** Products of square matrices, freed at once. */
final class Products {
  private Products() {}

  static Workload single(int n) {
    return of(matrix(n), matrix(n));
  }

  static Workload twice(int n) {
    return of(matrix(n).toType(DataType.FLOAT64, false), matrix(n).toType(DataType.FLOAT64, false));
  }

  private static NDArray matrix(int n) {
    return Base.tensor(Inputs.floats(n * n), n, n);
  }

  private static Workload of(NDArray a, NDArray b) {
    return () -> {
      try (NDArray product = a.matMul(b)) {
        return product.getShape();
      }
    };
  }
}
