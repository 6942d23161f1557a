package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Operator.named;

import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.spi.Call;
import fluxion.engine.spi.Operator;
import java.util.function.UnaryOperator;

/** In-place forms of operators that are no pointwise functions. */
final class Overwriting {
  private Overwriting() {}

  /**
   * The in-place form of a sum of a tensor and a product of two others.
   *
   * @param name its name
   * @param second what the signature calls the first factor
   * @param third what it calls the other one
   * @param sum the sum out of place
   */
  static Operator sum(String name, String second, String third, Call.AddProduct sum) {
    return named(name)
        .overload(
            "(Tensor self, Tensor %s, Tensor %s, *, Scalar beta=1, Scalar alpha=1)"
                .formatted(second, third),
            Call.AddProduct.class,
            (self, first, other, beta, alpha) ->
                store(self, false, x -> sum.apply(x, first, other, beta, alpha)));
  }

  /**
   * Stores a result in the tensor that it is computed from. What the gradient needs of the old
   * elements is kept in a copy.
   *
   * @return the tensor
   */
  static Tensor store(Tensor self, UnaryOperator<Tensor> function) {
    return store(self, self.requiresGrad(), function);
  }

  /**
   * Stores a result in the tensor that it is computed from.
   *
   * @param keeps whether a gradient may need the old elements
   * @return the tensor
   */
  static Tensor store(Tensor self, boolean keeps, UnaryOperator<Tensor> function) {
    Tensor result = function.apply(keeps ? self.clone() : self);
    Weak.checkStored(result.dtype(), self.dtype());
    if (!result.shape().equals(self.shape())) {
      throw new ShapeException(
          "output with shape "
              + self.shape()
              + " doesn't match the broadcast shape "
              + result.shape());
    }
    return self.copy_(result);
  }
}
