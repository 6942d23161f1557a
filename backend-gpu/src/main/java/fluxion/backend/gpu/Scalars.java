package fluxion.backend.gpu;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;

/** Numbers of a program as elements of a dtype, cast as {@code copy} casts. */
final class Scalars {
  private Scalars() {}

  /** {@return a number as an OpenCL register of a compute dtype has it} */
  static Object register(Scalar value, DType dtype) {
    return switch (dtype) {
      case BOOL -> value.toBoolean() ? 1 : 0;
      case UINT8, INT8 -> (byte) value.toLong();
      case INT16 -> (short) value.toLong();
      case INT32 -> (int) value.toLong();
      case INT64 -> value.toLong();
      case FLOAT64 -> value.toDouble();
      default -> value.isFloatingPoint() ? (float) value.toDouble() : (float) value.toLong();
    };
  }

  /** {@return the bits of a number as an element of a dtype in memory} */
  static long bits(Scalar value, DType dtype) {
    return switch (dtype) {
      case BOOL -> value.toBoolean() ? 1 : 0;
      case FLOAT64 -> Double.doubleToRawLongBits(value.toDouble());
      case FLOAT32 ->
          Float.floatToRawIntBits(
              value.isFloatingPoint() ? (float) value.toDouble() : (float) value.toLong());
      case FLOAT16 -> Float.floatToFloat16(rounded(value, dtype));
      case BFLOAT16 -> Float.floatToRawIntBits(rounded(value, dtype)) >>> 16;
      default -> value.toLong();
    };
  }

  /** {@return a number rounded once to a 16-bit float} */
  private static float rounded(Scalar value, DType dtype) {
    DType from = value.isFloatingPoint() ? DType.FLOAT64 : DType.INT64;
    Scalar number = value.dtype() == DType.BOOL ? Scalar.of(value.toLong()) : value;
    return (float)
        Kernel.of(Expr.input(0, from).cast(dtype)).evaluate(number).getFirst().toDouble();
  }
}
