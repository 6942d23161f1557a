package fluxion.backend.gpu.codegen;

import fluxion.api.DType;
import fluxion.engine.spi.Expr;

/** Constants in OpenCL C, by their bits. */
final class Literals {
  private Literals() {}

  /**
   * {@return a literal's text}
   *
   * @param literal a node that is one
   */
  static String text(Expr literal) {
    return literal.type().isFloatingPoint()
        ? text(literal.type(), literal.doubleValue())
        : text(literal.type(), literal.longValue());
  }

  /** {@return a float of a dtype} */
  static String text(DType type, double value) {
    return type == DType.FLOAT64
        ? "as_double(0x%016xul)".formatted(Double.doubleToLongBits(value))
        : "as_float(0x%08xu)".formatted(Float.floatToIntBits((float) value));
  }

  /** {@return an integer of a dtype, or a truth value} */
  static String text(DType type, long value) {
    return switch (type) {
      case INT64 -> "(long)0x%016xul".formatted(value);
      case INT32 -> "(int)0x%08xu".formatted((int) value);
      case BOOL -> value != 0 ? "1" : "0";
      default -> "(" + CTypes.register(type) + ")(" + value + ")";
    };
  }
}
