package fluxion.ops.basic.internal;

import fluxion.api.DType;
import fluxion.api.DTypeException;
import java.util.function.Consumer;

/** Dtypes that operators refuse, in PyTorch's words. */
final class Refusals {
  private Refusals() {}

  /** A check that refuses bools, by the name that PyTorch gives its kernel. */
  static Consumer<DType> ofBool(String kernel) {
    return dtype -> {
      if (dtype == DType.BOOL) {
        throw notImplemented(kernel, dtype, "cast to an integer dtype");
      }
    };
  }

  /** A check that refuses floats, by the name that PyTorch gives its kernel. */
  static Consumer<DType> ofFloats(String kernel) {
    return dtype -> {
      if (dtype.isFloatingPoint()) {
        throw notImplemented(kernel, dtype, "give integers or bools");
      }
    };
  }

  /** What is thrown for a dtype, with what may be done instead. */
  static DTypeException notImplemented(String kernel, DType dtype, String instead) {
    return new DTypeException(
        "\"" + kernel + "\" not implemented for '" + dtype.typeName() + "'; " + instead);
  }
}
