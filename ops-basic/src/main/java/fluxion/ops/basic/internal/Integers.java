package fluxion.ops.basic.internal;

import fluxion.api.DType;

/** The integers that dtypes hold. */
final class Integers {
  private Integers() {}

  /** The largest one. */
  static long most(DType dtype) {
    return switch (dtype) {
      case BOOL -> 1;
      case UINT8 -> 255;
      case INT8 -> Byte.MAX_VALUE;
      case INT16 -> Short.MAX_VALUE;
      case INT32 -> Integer.MAX_VALUE;
      default -> Long.MAX_VALUE;
    };
  }

  /** The smallest one. */
  static long least(DType dtype) {
    return dtype == DType.BOOL || dtype == DType.UINT8 ? 0 : -most(dtype) - 1;
  }
}
