package fluxion.engine.spi;

import fluxion.api.DType;
import java.util.Locale;

/**
 * The kinds of node in an {@link Expr}.
 *
 * <p>What a kind computes is said at the method of {@link Expr} that makes it.
 */
public enum ExprOp {
  /** A tensor's element. */
  INPUT(0, Takes.ANY),
  /** A number passed at launch. */
  SCALAR(0, Takes.ANY),
  /** A constant. */
  LITERAL(0, Takes.ANY),
  /** The element's index along a dimension. */
  INDEX(0, Takes.ANY),

  /** Sum. */
  ADD(2, Takes.NUMBER),
  /** Difference. */
  SUB(2, Takes.NUMBER),
  /** Product. */
  MUL(2, Takes.NUMBER),
  /** Quotient; of integers cut towards zero. */
  DIV(2, Takes.NUMBER),
  /** Remainder with the dividend's sign. */
  FMOD(2, Takes.NUMBER),
  /** Remainder with the divisor's sign. */
  REMAINDER(2, Takes.NUMBER),
  /** Power. */
  POW(2, Takes.NUMBER),
  /** The smaller; NaN if either is. */
  MIN(2, Takes.NUMBER),
  /** The larger; NaN if either is. */
  MAX(2, Takes.NUMBER),
  /** The smaller; a NaN loses. */
  FMIN(2, Takes.NUMBER),
  /** The larger; a NaN loses. */
  FMAX(2, Takes.NUMBER),
  /** Negation. */
  NEG(1, Takes.NUMBER),
  /** Absolute value. */
  ABS(1, Takes.NUMBER),
  /** Sign: -1, 0 or 1. */
  SIGN(1, Takes.NUMBER),

  /** Product and sum with one rounding. */
  FMA(3, Takes.FLOAT),
  /** Largest integer not above. */
  FLOOR(1, Takes.FLOAT),
  /** Smallest integer not below. */
  CEIL(1, Takes.FLOAT),
  /** Nearest integer, ties to even. */
  ROUND(1, Takes.FLOAT),
  /** Integer part. */
  TRUNC(1, Takes.FLOAT),
  /** Square root. */
  SQRT(1, Takes.FLOAT),
  /** Reciprocal of the square root. */
  RSQRT(1, Takes.FLOAT),
  /** Reciprocal. */
  RECIPROCAL(1, Takes.FLOAT),
  /** Exponential. */
  EXP(1, Takes.FLOAT),
  /** Power of two. */
  EXP2(1, Takes.FLOAT),
  /** Exponential less one. */
  EXPM1(1, Takes.FLOAT),
  /** Natural logarithm. */
  LOG(1, Takes.FLOAT),
  /** Logarithm to base 2. */
  LOG2(1, Takes.FLOAT),
  /** Logarithm to base 10. */
  LOG10(1, Takes.FLOAT),
  /** Logarithm of one more. */
  LOG1P(1, Takes.FLOAT),
  /** Sine. */
  SIN(1, Takes.FLOAT),
  /** Cosine. */
  COS(1, Takes.FLOAT),
  /** Tangent. */
  TAN(1, Takes.FLOAT),
  /** Arc sine. */
  ASIN(1, Takes.FLOAT),
  /** Arc cosine. */
  ACOS(1, Takes.FLOAT),
  /** Arc tangent. */
  ATAN(1, Takes.FLOAT),
  /** Hyperbolic sine. */
  SINH(1, Takes.FLOAT),
  /** Hyperbolic cosine. */
  COSH(1, Takes.FLOAT),
  /** Hyperbolic tangent. */
  TANH(1, Takes.FLOAT),
  /** Inverse hyperbolic sine. */
  ASINH(1, Takes.FLOAT),
  /** Inverse hyperbolic cosine. */
  ACOSH(1, Takes.FLOAT),
  /** Inverse hyperbolic tangent. */
  ATANH(1, Takes.FLOAT),
  /** Error function. */
  ERF(1, Takes.FLOAT),
  /** Complementary error function. */
  ERFC(1, Takes.FLOAT),
  /** Inverse error function. */
  ERFINV(1, Takes.FLOAT),
  /** Logarithm of the absolute value of the gamma function. */
  LGAMMA(1, Takes.FLOAT),
  /** Logarithmic derivative of the gamma function. */
  DIGAMMA(1, Takes.FLOAT),
  /** Derivative of digamma, of the order that {@link Expr#number()} says. */
  POLYGAMMA(1, Takes.FLOAT),
  /** Logistic function. */
  SIGMOID(1, Takes.FLOAT),
  /** Logarithm of one plus the exponential. */
  SOFTPLUS(1, Takes.FLOAT),
  /** Logarithm of the logistic function. */
  LOGSIGMOID(1, Takes.FLOAT),
  /** Angle of the point (second operand, first operand). */
  ATAN2(2, Takes.FLOAT),
  /** First operand times the logarithm of the second; 0 where the first is 0. */
  XLOGY(2, Takes.FLOAT),
  /** Length of the hypotenuse. */
  HYPOT(2, Takes.FLOAT),
  /** The first operand's magnitude with the second's sign. */
  COPYSIGN(2, Takes.FLOAT),

  /** Whether equal. */
  EQ(2, Takes.ANY),
  /** Whether different. */
  NE(2, Takes.ANY),
  /** Whether less. */
  LT(2, Takes.ANY),
  /** Whether less or equal. */
  LE(2, Takes.ANY),
  /** Whether greater. */
  GT(2, Takes.ANY),
  /** Whether greater or equal. */
  GE(2, Takes.ANY),
  /** Whether not a number. */
  ISNAN(1, Takes.FLOAT),
  /** Whether infinite. */
  ISINF(1, Takes.FLOAT),
  /** Whether neither infinite nor NaN. */
  ISFINITE(1, Takes.FLOAT),

  /** Conjunction of truth values or bits. */
  AND(2, Takes.BITS),
  /** Disjunction of truth values or bits. */
  OR(2, Takes.BITS),
  /** Exclusive disjunction of truth values or bits. */
  XOR(2, Takes.BITS),
  /** Negation of a truth value or of bits. */
  NOT(1, Takes.BITS),
  /** Shift to the left. */
  SHL(2, Takes.INTEGER),
  /** Arithmetic shift to the right. */
  SHR(2, Takes.INTEGER),

  /** The bits of a float as an integer of its width. */
  BITS(1, Takes.FLOAT),
  /** The float whose bits an integer of its width holds. */
  FROM_BITS(1, Takes.WORD),

  /** The second operand where the first is true, else the third. */
  SELECT(3, Takes.ANY),
  /** Conversion to the node's dtype. */
  CAST(1, Takes.ANY);

  /** Which operand dtypes a kind takes. */
  enum Takes {
    ANY("any compute dtype"),
    NUMBER("floating-point numbers or integers"),
    FLOAT("float32 or float64"),
    INTEGER("integers"),
    WORD("int32 or int64"),
    BITS("integers or bool");

    final String words;

    Takes(String words) {
      this.words = words;
    }

    boolean accepts(DType type) {
      if (type.computeType() != type) {
        return false;
      }
      return switch (this) {
        case ANY -> true;
        case NUMBER -> type != DType.BOOL;
        case FLOAT -> type.isFloatingPoint();
        case INTEGER -> type.isIntegral();
        case WORD -> type == DType.INT32 || type == DType.INT64;
        case BITS -> !type.isFloatingPoint();
      };
    }
  }

  private final int arity;
  private final Takes takes;

  ExprOp(int arity, Takes takes) {
    this.arity = arity;
    this.takes = takes;
  }

  /** {@return the number of operands} */
  public int arity() {
    return arity;
  }

  /** {@return whether the result is a truth value whatever the operands are} */
  public boolean isPredicate() {
    return switch (this) {
      case EQ, NE, LT, LE, GT, GE, ISNAN, ISINF, ISFINITE -> true;
      default -> false;
    };
  }

  Takes takes() {
    return takes;
  }

  /** {@return the name in lower case, as {@link Expr#toString()} writes it} */
  public String shortName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
