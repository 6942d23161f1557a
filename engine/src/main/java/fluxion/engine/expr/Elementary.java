package fluxion.engine.expr;

import fluxion.engine.spi.ExprOp;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The functions of a float64 that {@link FloatLoops} has no loop for.
 *
 * <p>All go through {@link StrictMath} and plain arithmetic, so their bits are those of every
 * platform.
 */
final class Elementary {
  private static final double LN_2 = 0.6931471805599453;

  private Elementary() {}

  /** Returns the function of a unary operation, or null if there is none here. */
  static @Nullable DoubleUnaryOperator unary(ExprOp op, int order) {
    return switch (op) {
      case SIGN -> x -> x > 0 ? 1 : x < 0 ? -1 : 0;
      case FLOOR -> Math::floor;
      case CEIL -> Math::ceil;
      case ROUND -> Math::rint;
      case TRUNC -> x -> Math.copySign(Math.floor(Math.abs(x)), x);
      case EXP -> StrictMath::exp;
      case EXP2 -> x -> StrictMath.pow(2, x);
      case EXPM1 -> StrictMath::expm1;
      case LOG -> StrictMath::log;
      case LOG2 -> Elementary::log2;
      case LOG10 -> StrictMath::log10;
      case LOG1P -> StrictMath::log1p;
      case SIN -> StrictMath::sin;
      case COS -> StrictMath::cos;
      case TAN -> StrictMath::tan;
      case ASIN -> StrictMath::asin;
      case ACOS -> StrictMath::acos;
      case ATAN -> StrictMath::atan;
      case SINH -> StrictMath::sinh;
      case COSH -> StrictMath::cosh;
      case TANH -> StrictMath::tanh;
      case ASINH -> Elementary::asinh;
      case ACOSH -> Elementary::acosh;
      case ATANH -> Elementary::atanh;
      case ERF -> ErrorFunctions::erf;
      case ERFC -> ErrorFunctions::erfc;
      case ERFINV -> ErrorFunctions::erfinv;
      case LGAMMA -> GammaFunctions::lgamma;
      case DIGAMMA -> GammaFunctions::digamma;
      case POLYGAMMA -> x -> GammaFunctions.polygamma(order, x);
      case SIGMOID -> Elementary::sigmoid;
      case SOFTPLUS -> Elementary::softplus;
      case LOGSIGMOID -> x -> -softplus(-x);
      default -> null;
    };
  }

  /** Returns the function of a binary operation, or null if there is none here. */
  static @Nullable DoubleBinaryOperator binary(ExprOp op) {
    return switch (op) {
      case FMOD -> (a, b) -> a % b;
      case REMAINDER -> Elementary::remainder;
      case POW -> Elementary::pow;
      case FMIN -> (a, b) -> Double.isNaN(a) ? b : Double.isNaN(b) ? a : Math.min(a, b);
      case FMAX -> (a, b) -> Double.isNaN(a) ? b : Double.isNaN(b) ? a : Math.max(a, b);
      case ATAN2 -> StrictMath::atan2;
      case XLOGY -> (a, b) -> Double.isNaN(b) ? b : a == 0 ? 0 : a * StrictMath.log(b);
      case HYPOT -> StrictMath::hypot;
      case COPYSIGN -> (a, b) -> Math.copySign(a, Double.isNaN(b) ? 1.0 : b);
      default -> null;
    };
  }

  /** Python's remainder: C's, moved by one divisor where the signs differ. */
  private static double remainder(double a, double b) {
    double r = a % b;
    return r != 0 && b < 0 != r < 0 ? r + b : r;
  }

  /** C99's power. Java's differs: it makes pow(1, NaN) and pow(±1, ±∞) NaN. */
  private static double pow(double a, double b) {
    return a == 1 || (a == -1 && Double.isInfinite(b)) ? 1 : StrictMath.pow(a, b);
  }

  private static double sigmoid(double x) {
    // Only exponentials of negative numbers, which cannot overflow.
    double e = StrictMath.exp(-Math.abs(x));
    return x < 0 ? e / (1 + e) : 1 / (1 + e);
  }

  private static double softplus(double x) {
    return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
  }

  /** Exact at powers of two: the exponent apart, and a mantissa in [√½, √2]. */
  private static double log2(double x) {
    if (!(x > 0) || Double.isInfinite(x)) {
      return StrictMath.log(x);
    }
    double scaled = x < Double.MIN_NORMAL ? x * 0x1p54 : x;
    int exponent = Math.getExponent(scaled);
    double mantissa = Math.scalb(scaled, -exponent);
    if (mantissa > 1.4142135623730951) {
      mantissa /= 2;
      exponent++;
    }
    return exponent - (x < Double.MIN_NORMAL ? 54 : 0) + StrictMath.log(mantissa) / LN_2;
  }

  /** log(x + √(x² + 1)), written for log1p (Abramowitz and Stegun 4.6.20). */
  private static double asinh(double x) {
    double a = Math.abs(x);
    double r;
    if (a > 0x1p28) {
      r = StrictMath.log(a) + LN_2;
    } else {
      double square = a * a;
      r = StrictMath.log1p(a + square / (1 + Math.sqrt(1 + square)));
    }
    return Math.copySign(r, x);
  }

  /** log(x + √(x² − 1)), written for log1p (Abramowitz and Stegun 4.6.21). */
  private static double acosh(double x) {
    if (x > 0x1p28) {
      return StrictMath.log(x) + LN_2;
    }
    double t = x - 1;
    return t < 0 ? Double.NaN : StrictMath.log1p(t + Math.sqrt(2 * t + t * t));
  }

  /** ½ log((1 + x) / (1 − x)), written for log1p (Abramowitz and Stegun 4.6.22). */
  private static double atanh(double x) {
    double a = Math.abs(x);
    return Math.copySign(0.5 * StrictMath.log1p(2 * a / (1 - a)), x);
  }
}
