package fluxion.ops.basic.internal;

import fluxion.api.Tensor;
import java.util.function.UnaryOperator;

/** In-place forms of operators that are no pointwise functions. */
final class Overwriting {
  private Overwriting() {}

  /**
   * Stores a result in the tensor that it is computed from. What the gradient needs of the old
   * elements is kept in a copy.
   *
   * @return the tensor
   */
  static Tensor store(Tensor self, UnaryOperator<Tensor> function) {
    Tensor result = function.apply(self.requiresGrad() ? self.clone() : self);
    Weak.checkStored(result.dtype(), self.dtype());
    return self.copy_(result);
  }
}
