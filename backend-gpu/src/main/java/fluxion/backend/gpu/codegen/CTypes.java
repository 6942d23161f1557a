package fluxion.backend.gpu.codegen;

import fluxion.api.DType;
import java.util.Set;

/**
 * How dtypes are written in OpenCL C. In memory a truth value is a byte, 0 or 1, and a 16-bit float
 * its bits; in registers a truth value is an {@code int} and a 16-bit float a {@code float}.
 */
public final class CTypes {
  private CTypes() {}

  /**
   * {@return the type of an element in memory}
   *
   * @param dtype its dtype
   */
  public static String memory(DType dtype) {
    return switch (dtype) {
      case BOOL, UINT8 -> "uchar";
      case INT8 -> "char";
      case INT16 -> "short";
      case FLOAT16, BFLOAT16 -> "ushort";
      default -> register(dtype);
    };
  }

  /**
   * {@return the type of a value in a register}
   *
   * @param dtype its dtype
   */
  public static String register(DType dtype) {
    return switch (dtype) {
      case BOOL, INT32 -> "int";
      case UINT8 -> "uchar";
      case INT8 -> "char";
      case INT16 -> "short";
      case INT64 -> "long";
      case FLOAT16, BFLOAT16, FLOAT32 -> "float";
      case FLOAT64 -> "double";
    };
  }

  /**
   * {@return an element read from memory}
   *
   * @param dtype its dtype
   * @param place the element of memory
   * @param parts takes the parts that are needed
   */
  static String load(DType dtype, String place, Set<String> parts) {
    return switch (dtype) {
      case BOOL -> "(" + place + " != 0)";
      case FLOAT16 -> {
        parts.add("f16");
        yield "f16_value(" + place + ")";
      }
      case BFLOAT16 -> {
        parts.add("bf16");
        yield "bf16_value(" + place + ")";
      }
      default -> place;
    };
  }

  /**
   * {@return a register's value as it is stored}
   *
   * @param dtype its dtype
   * @param value the register
   * @param parts takes the parts that are needed
   */
  static String store(DType dtype, String value, Set<String> parts) {
    return switch (dtype) {
      case BOOL -> "(uchar)" + value;
      case FLOAT16 -> {
        parts.add("f16");
        yield "f16_bits(" + value + ")";
      }
      case BFLOAT16 -> {
        parts.add("bf16");
        yield "bf16_bits(" + value + ")";
      }
      default -> value;
    };
  }
}
