package fluxion.benchmarks.workloads;

import fluxion.api.Memory;
import fluxion.api.Tensor;
import fluxion.ops.nn.LayerFunctions;

/** Forward and backward passes whose gradients add up in their leaves, in every framework. */
final class Differentiation {
  private Differentiation() {}

  /** {@code y = x + 2; z = y·y·2; z.mean().backward()} on three elements: all overhead. */
  static Workload tutorial() {
    Tensor x = Place.leaf(new float[] {1, 2, 3}, 3);
    return Place.waitingFor(
        () -> {
          Tensor y = x.add(2);
          y.mul(y).mul(2).mean().backward();
          return x;
        });
  }

  static Workload softmax(int side) {
    Tensor x = Place.leaf(Inputs.wave(side * side), side, side);
    Tensor gradient = x.detach().mul(0).add(1);
    return Place.waitingFor(
        () -> {
          try (var _ = Memory.scope()) {
            x.softmax(1).backward(gradient);
          }
          return x;
        });
  }

  static Workload attention(long batch, long heads, long length, long width) {
    long[] shape = {batch, heads, length, width};
    int n = Math.toIntExact(batch * heads * length * width);
    Tensor query = Place.leaf(Inputs.floats(n), shape);
    Tensor key = Place.leaf(Inputs.floats(n), shape);
    Tensor value = Place.leaf(Inputs.floats(n), shape);
    Tensor gradient = value.detach().mul(0).add(1);
    return Place.waitingFor(
        () -> {
          try (var _ = Memory.scope()) {
            LayerFunctions.scaledDotProductAttention(query, key, value, null, false)
                .backward(gradient);
          }
          return query;
        });
  }
}
