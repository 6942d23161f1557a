package fluxion.benchmarks.workloads;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Products of square matrices, freed at once. */
final class Products {
  private Products() {}

  static Workload single(int n) {
    return of(matrix(n), matrix(n));
  }

  static Workload twice(int n) {
    return of(matrix(n).to(torch.ScalarType.Double), matrix(n).to(torch.ScalarType.Double));
  }

  private static Tensor matrix(int n) {
    return torch.tensor(Inputs.floats(n * n)).reshape(n, n);
  }

  private static Workload of(Tensor a, Tensor b) {
    return () -> {
      try (PointerScope scope = new PointerScope()) {
        return a.mm(b).sizes();
      }
    };
  }
}
