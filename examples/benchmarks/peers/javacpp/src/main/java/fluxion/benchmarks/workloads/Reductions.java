package fluxion.benchmarks.workloads;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Sums of float32 tensors. */
final class Reductions {
  private Reductions() {}

  static Workload sum(int n) {
    Tensor x = torch.tensor(Inputs.floats(n));
    return () -> {
      try (PointerScope scope = new PointerScope()) {
        return x.sum().sizes();
      }
    };
  }

  static Workload columns(int side) {
    Tensor x = torch.tensor(Inputs.floats(side * side)).reshape(side, side);
    long[] rows = {0};
    return () -> {
      try (PointerScope scope = new PointerScope()) {
        return x.sum(rows, false, new ScalarTypeOptional()).sizes();
      }
    };
  }
}
