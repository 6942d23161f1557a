package fluxion.ops.basic.internal;

import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.Scalar;
import fluxion.api.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Type promotion with numbers that are runtime scalars of a kernel: weak, a number counts only if
 * its category is wider than the tensor's.
 */
final class Weak {
  private Weak() {}

  private static @Nullable DType wider(Tensor tensor, @Nullable Scalar number) {
    if (number == null || number.dtype().category().compareTo(tensor.dtype().category()) <= 0) {
      return null;
    }
    // A number from the program is a float32, not a float64.
    return number.isFloatingPoint() ? DType.FLOAT32 : number.dtype();
  }

  /** The tensor in the common dtype of itself and a number. */
  static Tensor widen(Tensor tensor, @Nullable Scalar number) {
    DType dtype = wider(tensor, number);
    return dtype == null ? tensor : tensor.to(dtype);
  }

  /** Refuses a number that the tensor's dtype cannot take in place. */
  static void checkInPlace(Tensor tensor, @Nullable Scalar number) {
    DType dtype = wider(tensor, number);
    if (dtype != null) {
      checkStored(dtype, tensor.dtype());
    }
  }

  /** Refuses to store results in a dtype of a narrower category. */
  static void checkStored(DType result, DType stored) {
    if (result.category().compareTo(stored.category()) > 0) {
      throw new DTypeException(
          "result type "
              + result.typeName()
              + " can't be cast to the desired output type "
              + stored.typeName());
    }
  }
}
