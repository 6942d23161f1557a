package fluxion.conformance.backend;

import fluxion.api.DType;
import java.util.List;

/** Groups of dtypes. */
final class DTypes {
  static final List<DType> ALL = List.of(DType.values());
  static final List<DType> INTEGERS =
      List.of(DType.UINT8, DType.INT8, DType.INT16, DType.INT32, DType.INT64);
  static final List<DType> HALVES = List.of(DType.FLOAT16, DType.BFLOAT16);
  static final List<DType> FLOATS = List.of(DType.FLOAT32, DType.FLOAT64);
  static final List<DType> ALL_FLOATS =
      List.of(DType.FLOAT16, DType.BFLOAT16, DType.FLOAT32, DType.FLOAT64);

  /** In which arithmetic is done. */
  static final List<DType> COMPUTED =
      List.of(
          DType.UINT8,
          DType.INT8,
          DType.INT16,
          DType.INT32,
          DType.INT64,
          DType.FLOAT32,
          DType.FLOAT64);

  /** All but bool. */
  static final List<DType> NUMBERS =
      List.of(
          DType.UINT8,
          DType.INT8,
          DType.INT16,
          DType.INT32,
          DType.INT64,
          DType.FLOAT16,
          DType.BFLOAT16,
          DType.FLOAT32,
          DType.FLOAT64);

  private DTypes() {}

  /** The least integer of a dtype. */
  static long least(DType dtype) {
    return dtype == DType.UINT8 || dtype == DType.BOOL ? 0 : -1L << (dtype.bytes() * 8 - 1);
  }

  /** The greatest integer of a dtype. */
  static long greatest(DType dtype) {
    return switch (dtype) {
      case BOOL -> 1;
      case UINT8 -> 255;
      default -> ~least(dtype);
    };
  }

  /** The least positive number of a float dtype. */
  static double leastPositive(DType dtype) {
    return switch (dtype) {
      case FLOAT16 -> 0x1p-24;
      case BFLOAT16 -> 0x1p-133;
      case FLOAT32 -> Float.MIN_VALUE;
      default -> Double.MIN_VALUE;
    };
  }

  /** The least positive number of a float dtype with all its digits. */
  static double leastNormal(DType dtype) {
    return switch (dtype) {
      case FLOAT16 -> 0x1p-14;
      case BFLOAT16, FLOAT32 -> 0x1p-126;
      default -> Double.MIN_NORMAL;
    };
  }

  /** The greatest finite number of a float dtype. */
  static double greatestFinite(DType dtype) {
    return switch (dtype) {
      case FLOAT16 -> 65504;
      case BFLOAT16 -> 0x1.FEp127;
      case FLOAT32 -> Float.MAX_VALUE;
      default -> Double.MAX_VALUE;
    };
  }

  /** The distance of 1 from the next greater number of a float dtype. */
  static double epsilon(DType dtype) {
    return switch (dtype) {
      case FLOAT16 -> 0x1p-10;
      case BFLOAT16 -> 0x1p-7;
      case FLOAT32 -> 0x1p-23;
      default -> 0x1p-52;
    };
  }
}
