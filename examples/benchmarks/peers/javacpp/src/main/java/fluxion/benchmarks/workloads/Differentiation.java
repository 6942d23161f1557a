package fluxion.benchmarks.workloads;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** Forward and backward passes whose gradients add up in their leaves. */
final class Differentiation {
  private static final BoolOptional UNSAID = new BoolOptional();
  private static final TensorArrayRefOptional ALL_LEAVES = new TensorArrayRefOptional();

  private Differentiation() {}

  static Workload tutorial() {
    Tensor x = torch.tensor(1f, 2f, 3f).set_requires_grad(true);
    Scalar two = new Scalar(2f);
    return () -> {
      try (PointerScope scope = new PointerScope()) {
        Tensor y = x.add(two);
        y.mul(y).mul(two).mean().backward();
        return x;
      }
    };
  }

  static Workload softmax(int side) {
    Tensor x = torch.tensor(Inputs.wave(side * side)).reshape(side, side).set_requires_grad(true);
    Tensor gradient = torch.ones(side, side);
    return () -> {
      try (PointerScope scope = new PointerScope()) {
        x.softmax(1).backward(gradient, UNSAID, false, ALL_LEAVES);
        return x;
      }
    };
  }

  static Workload attention(long batch, long heads, long length, long width) {
    long[] shape = {batch, heads, length, width};
    int n = (int) (batch * heads * length * width);
    Tensor query = torch.tensor(Inputs.floats(n)).reshape(shape).set_requires_grad(true);
    Tensor key = torch.tensor(Inputs.floats(n)).reshape(shape).set_requires_grad(true);
    Tensor value = torch.tensor(Inputs.floats(n)).reshape(shape).set_requires_grad(true);
    Tensor gradient = torch.ones(shape);
    TensorOptional noMask = new TensorOptional();
    DoubleOptional usualScale = new DoubleOptional();
    return () -> {
      try (PointerScope scope = new PointerScope()) {
        torch
            .scaled_dot_product_attention(query, key, value, noMask, 0, false, usualScale, false)
            .backward(gradient, UNSAID, false, ALL_LEAVES);
        return query;
      }
    };
  }
}
