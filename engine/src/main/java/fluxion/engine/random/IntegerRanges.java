package fluxion.engine.random;

import fluxion.api.DType;

/** PyTorch's rules on how many bits and which range a random integer takes, by the dtype. */
final class IntegerRanges {
  private static final long UINT32_RANGE = 1L << 32;

  private IntegerRanges() {}

  /** {@return whether an integer of an (unsigned) range takes 64 bits rather than 32} */
  static boolean isWide(DType dtype, long range) {
    return switch (dtype) {
      case INT64, FLOAT64, FLOAT32, BFLOAT16 -> Long.compareUnsigned(range, UINT32_RANGE) >= 0;
      case BOOL, UINT8, INT8, INT16, INT32, FLOAT16 -> false;
    };
  }

  /** {@return whether an integer of the full range takes 64 bits rather than 32} */
  static boolean isFullRangeWide(DType dtype) {
    return dtype == DType.INT64 || dtype == DType.FLOAT64;
  }

  /**
   * {@return the number of integers from 0 to the dtype's largest, or to the largest up to which it
   * holds every integer; unsigned}
   */
  static long fullRange(DType dtype) {
    return switch (dtype) {
      case BOOL -> 2;
      case UINT8 -> 1L << 8;
      case INT8 -> 1L << 7;
      case INT16 -> 1L << 15;
      case INT32 -> 1L << 31;
      case INT64 -> 1L << 63;
      case FLOAT16 -> (1L << 11) + 1;
      case BFLOAT16 -> (1L << 8) + 1;
      case FLOAT32 -> (1L << 24) + 1;
      case FLOAT64 -> (1L << 53) + 1;
    };
  }
}
