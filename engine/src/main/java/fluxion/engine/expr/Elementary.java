package fluxion.engine.expr;

import fluxion.engine.spi.ExprOp;
import fluxion.engine.spi.ScalarMath;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/** The functions of {@link ScalarMath} by their kind of node, for the interpreter. */
final class Elementary {
  private Elementary() {}

  /** Returns the function of a unary operation, or null if there is none. */
  static @Nullable DoubleUnaryOperator unary(ExprOp op, int order) {
    return switch (op) {
      case SIN -> ScalarMath::sin;
      case COS -> ScalarMath::cos;
      case TAN -> ScalarMath::tan;
      case ASIN -> ScalarMath::asin;
      case ACOS -> ScalarMath::acos;
      case ATAN -> ScalarMath::atan;
      case ASINH -> ScalarMath::asinh;
      case ACOSH -> ScalarMath::acosh;
      case ATANH -> ScalarMath::atanh;
      case ERFC -> ScalarMath::erfc;
      case ERFINV -> ScalarMath::erfinv;
      case LGAMMA -> ScalarMath::lgamma;
      case DIGAMMA -> ScalarMath::digamma;
      case POLYGAMMA -> x -> ScalarMath.polygamma(order, x);
      default -> null;
    };
  }

  /** Returns the function of a binary operation, or null if there is none. */
  static @Nullable DoubleBinaryOperator binary(ExprOp op) {
    return switch (op) {
      case FMOD -> ScalarMath::fmod;
      case REMAINDER -> ScalarMath::remainder;
      case POW -> ScalarMath::pow;
      case ATAN2 -> ScalarMath::atan2;
      case HYPOT -> ScalarMath::hypot;
      default -> null;
    };
  }
}
