package fluxion.engine.dispatch;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.Tensor;
import fluxion.engine.spi.Promotion;
import org.jspecify.annotations.Nullable;

/**
 * Type promotion, as PyTorch's: among tensors with dimensions, 0-dimensional tensors and numbers, a
 * later group counts only if its category is wider.
 */
final class Types {
  private Types() {}

  /** The common dtype of tensors and numbers; each place holds one of the two. */
  static DType common(@Nullable Tensor[] tensors, @Nullable Scalar[] numbers) {
    DType dims = null;
    DType zeroDim = null;
    DType weak = null;
    for (int i = 0; i < tensors.length; i++) {
      Tensor tensor = tensors[i];
      Scalar number = numbers[i];
      if (tensor != null && tensor.dim() > 0) {
        dims = join(dims, tensor.dtype());
      } else if (tensor != null) {
        zeroDim = join(zeroDim, tensor.dtype());
      } else if (number != null) {
        // A number from the program is a float32, not a float64.
        weak = join(weak, number.isFloatingPoint() ? DType.FLOAT32 : number.dtype());
      }
    }
    DType result = widen(widen(dims, zeroDim), weak);
    if (result == null) {
      throw new IllegalArgumentException("a pointwise function needs an input");
    }
    return result;
  }

  private static @Nullable DType join(@Nullable DType a, DType b) {
    return a == null ? b : DType.promote(a, b);
  }

  private static @Nullable DType widen(@Nullable DType strong, @Nullable DType weak) {
    if (strong == null || weak == null) {
      return strong == null ? weak : strong;
    }
    return weak.category().compareTo(strong.category()) > 0 ? weak : strong;
  }

  /** The dtype in which a function counts its result, before it is stored. */
  static DType working(
      Promotion promotion, @Nullable Tensor[] tensors, @Nullable Scalar[] numbers) {
    Tensor first = tensors[0];
    if (promotion == Promotion.SAME && first != null) {
      return first.dtype();
    }
    DType common = common(tensors, numbers);
    return promotion == Promotion.INT_TO_FLOAT && !common.isFloatingPoint()
        ? DType.FLOAT32
        : common;
  }

  /** Whether a result may be stored in place, as PyTorch's {@code can_cast}. */
  static boolean canCast(DType from, DType to) {
    return from.category().compareTo(to.category()) <= 0;
  }
}
