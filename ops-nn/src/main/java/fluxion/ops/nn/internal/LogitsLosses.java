package fluxion.ops.nn.internal;

import fluxion.api.DTypeException;
import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.engine.spi.Functions;
import fluxion.ops.nn.LossReduction;
import org.jspecify.annotations.Nullable;

/** Binary cross entropy of logits: what is checked before it is computed. */
final class LogitsLosses {
  private static final String NAME = "binary_cross_entropy_with_logits";

  private LogitsLosses() {}

  static Tensor loss(
      Tensor self,
      Tensor target,
      @Nullable Tensor weight,
      @Nullable Tensor posWeight,
      String reduction) {
    LossReduction kind = LossReduction.of(reduction);
    Shape shape = self.shape();
    if (!target.shape().equals(shape)) {
      throw new ShapeException(
          "Target size (torch.Size("
              + target.shape()
              + ")) must be the same as input size (torch.Size("
              + shape
              + "))");
    }
    if (!self.dtype().isFloatingPoint() || !target.dtype().isFloatingPoint()) {
      throw new DTypeException(
          NAME
              + ": logits and targets must be floating-point tensors, got "
              + self.dtype()
              + " and "
              + target.dtype());
    }
    checkExpands(weight, shape);
    checkExpands(posWeight, shape);
    ClassLosses.refuseGradient(NAME, "weight", weight);
    ClassLosses.refuseGradient(NAME, "pos_weight", posWeight);
    return Functions.apply(new BinaryCrossEntropyWithLogits(kind), self, target, weight, posWeight);
  }

  private static void checkExpands(@Nullable Tensor weight, Shape shape) {
    if (weight != null && !weight.shape().expandsTo(shape)) {
      throw new ShapeException(
          "output with shape "
              + shape
              + " doesn't match the broadcast shape "
              + Shape.broadcast(shape, weight.shape()));
    }
  }
}
