package fluxion.engine.random;

import fluxion.api.ArgumentException;
import fluxion.api.DType;

/** PyTorch's rules on how many bits and which range a random number takes, by the dtype. */
public final class DTypeRanges {
  private static final long UINT32_RANGE = 1L << 32;

  private DTypeRanges() {}

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
    return largest(dtype) + 1;
  }

  /**
   * {@return the number of binary digits of a floating-point dtype's numbers}
   *
   * @param dtype the dtype
   */
  public static int digits(DType dtype) {
    return switch (dtype) {
      case FLOAT16 -> 11;
      case BFLOAT16 -> 8;
      case FLOAT32 -> 24;
      case FLOAT64 -> 53;
      default -> throw new IllegalArgumentException(dtype + " is not floating");
    };
  }

  private static long largest(DType dtype) {
    return switch (dtype) {
      case BOOL -> 1;
      case UINT8 -> (1L << 8) - 1;
      case INT8 -> Byte.MAX_VALUE;
      case INT16 -> Short.MAX_VALUE;
      case INT32 -> Integer.MAX_VALUE;
      case INT64 -> Long.MAX_VALUE;
      case FLOAT16, BFLOAT16, FLOAT32, FLOAT64 -> 1L << digits(dtype);
    };
  }

  private static long least(DType dtype) {
    return switch (dtype) {
      case BOOL, UINT8 -> 0;
      case INT8, INT16, INT32, INT64 -> -largest(dtype) - 1;
      case FLOAT16, BFLOAT16, FLOAT32, FLOAT64 -> -largest(dtype);
    };
  }

  /**
   * Refuses a range that holds integers which the dtype does not hold exactly, where PyTorch warns
   * or refuses.
   *
   * @param dtype the dtype
   * @param low the least integer
   * @param high one more than the largest
   * @throws ArgumentException if the range is empty or too wide
   */
  public static void check(DType dtype, long low, long high) {
    ParameterChecks.integers(low, high);
    checkBound(dtype, "from", low);
    checkBound(dtype, "to - 1", high - 1);
  }

  private static void checkBound(DType dtype, String name, long value) {
    if (value < least(dtype) || value > largest(dtype)) {
      throw new ArgumentException(
          "random_: "
              + name
              + " = "
              + value
              + " is out of bounds for "
              + dtype
              + ", which holds the integers from "
              + least(dtype)
              + " to "
              + largest(dtype));
    }
  }
}
