package fluxion.benchmarks.workloads;

import java.util.function.BinaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Pointwise operations on float32 vectors, freed at once. */
final class Pointwise {
  private static final Scalar HALF = new Scalar(0.5f);

  private Pointwise() {}

  static Workload add(int n) {
    return of(n, Tensor::add);
  }

  static Workload addInPlace(int n) {
    return of(n, Tensor::add_);
  }

  static Workload exp(int n) {
    return of(n, (x, y) -> x.exp());
  }

  static Workload tanh(int n) {
    return of(n, (x, y) -> x.tanh());
  }

  /** Six operations one by one. */
  static Workload six(int n) {
    return of(n, (x, y) -> x.mul(y).add(x).mul(y).sub(x).mul(HALF).add(y));
  }

  private static Workload of(int n, BinaryOperator<Tensor> operation) {
    Tensor x = torch.tensor(Inputs.floats(n));
    Tensor y = torch.tensor(Inputs.floats(n)).mul(HALF);
    return () -> {
      try (PointerScope scope = new PointerScope()) {
        return operation.apply(x, y).sizes();
      }
    };
  }
}
