package fluxion.benchmarks.workloads;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.List;
import java.util.function.Supplier;

/** Forward and backward passes whose gradients add up in their leaves. */
final class Differentiation {
  private Differentiation() {}

  static Workload tutorial() {
    NDArray x = Base.leaf(new float[] {1, 2, 3}, 3);
    return pass(
        List.of(x),
        () -> {
          NDArray y = x.add(2);
          return y.mul(y).mul(2).mean();
        });
  }

  static Workload softmax(int side) {
    NDArray x = Base.leaf(Inputs.wave(side * side), side, side);
    return pass(List.of(x), () -> x.softmax(1));
  }

  /** DJL has no attention of its own: products and softmax, as its own transformers do it. */
  static Workload attention(long batch, long heads, long length, long width) {
    long[] shape = {batch, heads, length, width};
    int n = (int) (batch * heads * length * width);
    NDArray query = Base.leaf(Inputs.floats(n), shape);
    NDArray key = Base.leaf(Inputs.floats(n), shape);
    NDArray value = Base.leaf(Inputs.floats(n), shape);
    float scale = (float) (1 / Math.sqrt(width));
    return pass(
        List.of(query, key, value),
        () -> query.mul(scale).matMul(key.transpose(0, 1, 3, 2)).softmax(3).matMul(value));
  }

  private static Workload pass(List<NDArray> leaves, Supplier<NDArray> forward) {
    return () -> {
      try (NDManager manager = Base.MANAGER.newSubManager()) {
        leaves.forEach(leaf -> leaf.tempAttach(manager));
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
          collector.backward(forward.get());
        }
        return leaves;
      }
    };
  }
}
