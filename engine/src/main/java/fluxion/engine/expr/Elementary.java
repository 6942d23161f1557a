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
      case EXP -> ScalarMath::exp; // TEMP
      case EXPM1 -> ScalarMath::expm1; // TEMP
      case LOG -> ScalarMath::log; // TEMP
      case LOG10 -> ScalarMath::log10; // TEMP
      case LOG1P -> ScalarMath::log1p; // TEMP
      case SINH -> ScalarMath::sinh; // TEMP
      case COSH -> ScalarMath::cosh; // TEMP
      case TANH -> ScalarMath::tanh; // TEMP
      case EXP2 -> ScalarMath::exp2; // TEMP
      case ERF -> ScalarMath::erf; // TEMP
      case LOGSIGMOID -> ScalarMath::logsigmoid; // TEMP
      case SIGMOID -> ScalarMath::sigmoid; // TEMP
      case SOFTPLUS -> ScalarMath::softplus; // TEMP
      case LOG2 -> ScalarMath::log2; // TEMP
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
      case XLOGY -> ScalarMath::xlogy; // TEMP
      case HYPOT -> ScalarMath::hypot;
      default -> null;
    };
  }
}
