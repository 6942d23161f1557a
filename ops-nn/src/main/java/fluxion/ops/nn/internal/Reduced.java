package fluxion.ops.nn.internal;

import fluxion.api.DType;
import fluxion.api.Tensor;
import fluxion.engine.spi.Expr;
import fluxion.ops.nn.LossReduction;

/** What losses that are composed of other operations share. */
final class Reduced {
  private Reduced() {}

  /** The losses of single elements, their mean or their sum. */
  static Tensor of(Tensor losses, LossReduction reduction) {
    return switch (reduction) {
      case NONE -> losses;
      case MEAN -> losses.mean();
      case SUM -> losses.sum();
    };
  }

  /** A tensor in the dtype in which it is computed: 16-bit floats become float32. */
  static Tensor wide(Tensor tensor) {
    return tensor.to(tensor.dtype().computeType());
  }

  /** A result computed of {@link #wide} inputs, in the inputs' common dtype if it is a float. */
  static Tensor narrowed(Tensor result, Tensor... inputs) {
    DType common = inputs[0].dtype();
    for (Tensor input : inputs) {
      common = DType.promote(common, input.dtype());
    }
    return common.isFloatingPoint() ? result.to(common) : result;
  }

  /**
   * {@code max(x, 0)} with the slopes of PyTorch's {@code clamp_min}: 1 at 0, and 0 at NaN, which
   * stays.
   */
  static Expr atLeastZero(Expr x) {
    Expr nan = Expr.literal(x.type(), Double.NaN);
    Expr zero = Expr.literal(x.type(), 0.0);
    return Expr.select(x.ge(0.0), x, Expr.select(x.isnan(), nan, zero));
  }

  /** {@code max(x, 0)} with slope 0 at 0; NaN becomes 0, as in PyTorch's loops. */
  static Expr positivePart(Expr x) {
    return Expr.select(x.gt(0.0), x, Expr.literal(x.type(), 0.0));
  }
}
