package fluxion.engine.spi;

import fluxion.engine.expr.ErrorFunctions;
import fluxion.engine.expr.GammaFunctions;

/**
 * The functions that {@link Kernel#lowered()} leaves as they are, for one float64 each.
 *
 * <p>A method is named as {@link ExprOp#shortName()} says, so that generated code can call it; it
 * takes doubles, after the order for {@link ExprOp#POLYGAMMA}. A float32 node computes in double
 * and rounds the result. All go through {@link StrictMath} and plain arithmetic, so their bits are
 * those of every platform, whether interpreted or compiled.
 *
 * <p>The methods of two longs are the integer operations that the JVM has no instruction for, or
 * one that throws; a node of a narrower dtype wraps the result.
 */
public final class ScalarMath {
  private static final double LN_2 = 0.6931471805599453;

  private ScalarMath() {}

  /**
   * {@return whether a function of floats is one of this class, so that a lowered kernel may hold
   * it}
   *
   * @param op a kind of node
   */
  public static boolean provides(ExprOp op) {
    return switch (op) {
      case FMOD, REMAINDER, POW, ATAN2, HYPOT -> true;
      case SIN, COS, TAN, ASIN, ACOS, ATAN, ASINH, ACOSH, ATANH -> true;
      case ERFC, ERFINV, LGAMMA, DIGAMMA, POLYGAMMA -> true;
      default -> false;
    };
  }

  /**
   * {@return the remainder with the dividend's sign, C's {@code fmod}}
   *
   * @param a the dividend
   * @param b the divisor
   */
  public static double fmod(double a, double b) {
    return a % b;
  }

  /**
   * {@return the remainder with the divisor's sign: C's, moved by one divisor where the signs
   * differ}
   *
   * @param a the dividend
   * @param b the divisor
   */
  public static double remainder(double a, double b) {
    double r = a % b;
    return r != 0 && b < 0 != r < 0 ? r + b : r;
  }

  /**
   * {@return C99's power; Java's makes pow(1, NaN) and pow(±1, ±∞) NaN}
   *
   * @param a the base
   * @param b the exponent
   */
  public static double pow(double a, double b) {
    return a == 1 || (a == -1 && Double.isInfinite(b)) ? 1 : StrictMath.pow(a, b);
  }

  /**
   * {@return the angle of the point (b, a), in [−π, π]}
   *
   * @param a the ordinate
   * @param b the abscissa
   */
  public static double atan2(double a, double b) {
    return StrictMath.atan2(a, b);
  }

  /**
   * {@return √(a² + b²) without overflow}
   *
   * @param a one leg
   * @param b the other leg
   */
  public static double hypot(double a, double b) {
    return StrictMath.hypot(a, b);
  }

  /**
   * {@return the sine}
   *
   * @param x an angle in radians
   */
  public static double sin(double x) {
    return StrictMath.sin(x);
  }

  /**
   * {@return the cosine}
   *
   * @param x an angle in radians
   */
  public static double cos(double x) {
    return StrictMath.cos(x);
  }

  /**
   * {@return the tangent}
   *
   * @param x an angle in radians
   */
  public static double tan(double x) {
    return StrictMath.tan(x);
  }

  /**
   * {@return the arc sine in radians}
   *
   * @param x a number
   */
  public static double asin(double x) {
    return StrictMath.asin(x);
  }

  /**
   * {@return the arc cosine in radians}
   *
   * @param x a number
   */
  public static double acos(double x) {
    return StrictMath.acos(x);
  }

  /**
   * {@return the arc tangent in radians}
   *
   * @param x a number
   */
  public static double atan(double x) {
    return StrictMath.atan(x);
  }

  /**
   * {@return log(x + √(x² + 1)), written for log1p (Abramowitz and Stegun 4.6.20)}
   *
   * @param x a number
   */
  public static double asinh(double x) {
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

  /**
   * {@return log(x + √(x² − 1)), written for log1p (Abramowitz and Stegun 4.6.21)}
   *
   * @param x a number
   */
  public static double acosh(double x) {
    if (x > 0x1p28) {
      return StrictMath.log(x) + LN_2;
    }
    double t = x - 1;
    return t < 0 ? Double.NaN : StrictMath.log1p(t + Math.sqrt(2 * t + t * t));
  }

  /**
   * {@return ½ log((1 + x) / (1 − x)), written for log1p (Abramowitz and Stegun 4.6.22)}
   *
   * @param x a number
   */
  public static double atanh(double x) {
    double a = Math.abs(x);
    return Math.copySign(0.5 * StrictMath.log1p(2 * a / (1 - a)), x);
  }

  /**
   * {@return 1 − erf(x), accurate where that is small}
   *
   * @param x a number
   */
  public static double erfc(double x) {
    return ErrorFunctions.erfc(x);
  }

  /**
   * {@return the inverse of the error function; ±∞ at ±1}
   *
   * @param x a number
   */
  public static double erfinv(double x) {
    return ErrorFunctions.erfinv(x);
  }

  /**
   * {@return log |Γ(x)|; ∞ at the poles}
   *
   * @param x a number
   */
  public static double lgamma(double x) {
    return GammaFunctions.lgamma(x);
  }

  /**
   * {@return the derivative of log Γ(x); ∓∞ at ±0, NaN at negative integers}
   *
   * @param x a number
   */
  public static double digamma(double x) {
    return GammaFunctions.digamma(x);
  }

  /**
   * {@return the derivative of that order of digamma}
   *
   * @param order the order, at least 1
   * @param x a number
   */
  public static double polygamma(int order, double x) {
    return GammaFunctions.polygamma(order, x);
  }

  /**
   * {@return the quotient cut towards zero; 0 for the divisor 0}
   *
   * @param a the dividend
   * @param b the divisor
   */
  public static long div(long a, long b) {
    return b == 0 ? 0 : a / b;
  }

  /**
   * {@return the remainder with the dividend's sign; 0 for the divisor 0}
   *
   * @param a the dividend
   * @param b the divisor
   */
  public static long fmod(long a, long b) {
    return b == 0 ? 0 : a % b;
  }

  /**
   * {@return the remainder with the divisor's sign; 0 for the divisor 0}
   *
   * @param a the dividend
   * @param b the divisor
   */
  public static long remainder(long a, long b) {
    return b == 0 ? 0 : Math.floorMod(a, b);
  }

  /**
   * {@return the power by squaring, wrapping; for a negative exponent the reciprocal cut towards
   * zero, 0 for the base 0}
   *
   * @param a the base
   * @param b the exponent
   */
  public static long pow(long a, long b) {
    if (b < 0) {
      if (a == 1) {
        return 1;
      }
      return a == -1 ? ((b & 1) == 0 ? 1 : -1) : 0;
    }
    long result = 1;
    long square = a;
    for (long e = b; e != 0; e >>= 1) {
      if ((e & 1) != 0) {
        result *= square;
      }
      square *= square;
    }
    return result;
  }
}
