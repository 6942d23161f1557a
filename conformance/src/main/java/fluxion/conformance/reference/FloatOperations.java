package fluxion.conformance.reference;

import fluxion.api.DType;
import fluxion.engine.spi.ExprOp;

/**
 * Operations on float32 and float64, correctly rounded.
 *
 * <p>Operands are doubles that are values of the dtype. A sum, product or quotient of two float32
 * in float64, rounded to float32, is the correctly rounded one, as is a square root (Figueroa,
 * "When is double rounding innocuous?", 1995). Elementary functions are {@link Exact}'s.
 */
final class FloatOperations {
  private FloatOperations() {}

  static double compute(ExprOp op, int order, DType dtype, double a, double b, double c) {
    return switch (op) {
      case ADD -> Rounding.nearest(a + b, dtype);
      case SUB -> Rounding.nearest(a - b, dtype);
      case MUL -> Rounding.nearest(a * b, dtype);
      case DIV -> Rounding.nearest(a / b, dtype);
      case RECIPROCAL -> Rounding.nearest(1 / a, dtype);
      case SQRT -> Rounding.nearest(Math.sqrt(a), dtype);
      case FMA ->
          dtype == DType.FLOAT32 ? Math.fma((float) a, (float) b, (float) c) : Math.fma(a, b, c);
      case FMOD -> a % b; // exact
      case MIN -> Math.min(a, b);
      case MAX -> Math.max(a, b);
      case FMIN -> Double.isNaN(a) ? b : Double.isNaN(b) ? a : Math.min(a, b);
      case FMAX -> Double.isNaN(a) ? b : Double.isNaN(b) ? a : Math.max(a, b);
      case NEG -> -a;
      case ABS -> Math.abs(a);
      case SIGN -> a > 0 ? 1 : a < 0 ? -1 : 0;
      case COPYSIGN -> Double.isNaN(b) ? Math.abs(a) : Math.copySign(a, b);
      case FLOOR -> Math.floor(a);
      case CEIL -> Math.ceil(a);
      case ROUND -> Math.rint(a);
      case TRUNC -> a < 0 ? Math.ceil(a) : Math.floor(a);
      default ->
          dtype == DType.FLOAT32
              ? Singles.evaluate(op, order, a, b)
              : Exact.evaluate(op, order, a, b).round(dtype);
    };
  }

  static boolean test(ExprOp op, double a, double b) {
    return switch (op) {
      case EQ -> a == b;
      case NE -> a != b;
      case LT -> a < b;
      case LE -> a <= b;
      case GT -> a > b;
      case GE -> a >= b;
      case ISNAN -> Double.isNaN(a);
      case ISINF -> Double.isInfinite(a);
      case ISFINITE -> Double.isFinite(a);
      default -> throw new IllegalArgumentException("no comparison of floats: " + op);
    };
  }
}
