package fluxion.conformance.fuzz.program;

import fluxion.api.DType;
import java.util.List;

/** Which dtype a call gives, by PyTorch's rules of promotion, written down anew. */
final class Dtypes {
  static final List<DType> ALL = List.of(DType.values());

  private Dtypes() {}

  /** What two tensors have in common: one without dimensions counts by its category alone. */
  static DType common(Known a, Known b) {
    boolean sameRank = (a.dim() == 0) == (b.dim() == 0);
    if (sameRank) {
      return DType.promote(a.dtype(), b.dtype());
    }
    Known sized = a.dim() == 0 ? b : a;
    Known bare = a.dim() == 0 ? a : b;
    return bare.dtype().category().compareTo(sized.dtype().category()) > 0
        ? bare.dtype()
        : sized.dtype();
  }

  /** What a tensor and a number have in common. */
  static DType common(Known tensor, Argument.Value number) {
    if (number.value() instanceof Double) {
      return toFloat(tensor.dtype());
    }
    return tensor.dtype() == DType.BOOL ? DType.INT64 : tensor.dtype();
  }

  /** float32 for integers and truth values. */
  static DType toFloat(DType dtype) {
    return dtype.isFloatingPoint() ? dtype : DType.FLOAT32;
  }

  /** int64 for integers and truth values. */
  static DType summed(DType dtype) {
    return dtype.isFloatingPoint() ? dtype : DType.INT64;
  }

  /** Whether a result of one dtype may be written into a tensor of another. */
  static boolean fits(DType result, DType target) {
    return result.category().compareTo(target.category()) <= 0;
  }
}
