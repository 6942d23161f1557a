package fluxion.conformance.reference;

import fluxion.api.ArgumentException;
import fluxion.engine.spi.ExprOp;

/** Arithmetic and roots to about 31 digits; where the result is a double, exactly. */
final class ExactArithmetic {
  private ExactArithmetic() {}

  static Precise evaluate(ExprOp op, double a, double b, double c) {
    return switch (op) {
      case ADD -> sum(a, b);
      case SUB -> sum(a, -b);
      case MUL -> product(a, b);
      case DIV -> quotient(a, b);
      case RECIPROCAL -> quotient(1, a);
      case SQRT -> root(a);
      case RSQRT -> inverseRoot(a);
      case FMA -> sumOfProduct(a, b, c);
      case REMAINDER -> remainder(a, b);
      case FMOD, MIN, MAX, FMIN, FMAX, NEG, ABS, SIGN, COPYSIGN, FLOOR, CEIL, ROUND, TRUNC ->
          Precise.of(FloatOperations.compute(op, 0, fluxion.api.DType.FLOAT64, a, b, c));
      default ->
          throw new ArgumentException(
              "'" + op.shortName() + "' is no function of floats with a float for its value");
    };
  }

  private static boolean isPlain(double value) {
    return value != 0 && Double.isFinite(value);
  }

  private static Precise sum(double a, double b) {
    if (!isPlain(a) || !isPlain(b)) {
      return Precise.of(a + b);
    }
    return Double.isFinite(a + b)
        ? Precise.of(DoubleDouble.sum(a, b))
        : Precise.of(DoubleDouble.sum(a / 2, b / 2), 1);
  }

  private static Precise product(double a, double b) {
    return isPlain(a) && isPlain(b)
        ? Precise.normalized(a).times(DoubleDouble.of(b))
        : Precise.of(a * b);
  }

  private static Precise quotient(double a, double b) {
    if (!isPlain(a) || !isPlain(b)) {
      return Precise.of(a / b);
    }
    Precise numerator = Precise.normalized(a);
    Precise denominator = Precise.normalized(b);
    return Precise.of(
        numerator.digits().over(denominator.digits()),
        numerator.exponent() - denominator.exponent());
  }

  private static Precise root(double a) {
    if (!isPlain(a) || a < 0) {
      return Precise.of(Math.sqrt(a));
    }
    Precise square = Precise.normalized(a);
    int odd = square.exponent() & 1;
    return Precise.of(square.digits().scaled(odd).sqrt(), (square.exponent() - odd) / 2);
  }

  private static Precise inverseRoot(double a) {
    Precise root = root(a);
    return isPlain(root.high()) ? root.inverse() : Precise.of(1 / root.high());
  }

  private static Precise sumOfProduct(double a, double b, double c) {
    Precise product = product(a, b);
    return isPlain(product.high()) && isPlain(c)
        ? product.plus(Precise.normalized(c))
        : isPlain(product.high()) && c == 0 ? product : Precise.of(Math.fma(a, b, c));
  }

  /** The remainder of the division that rounds down: with the divisor's sign. */
  private static Precise remainder(double a, double b) {
    double r = a % b; // exact
    return r != 0 && b < 0 != r < 0 ? sum(r, b) : Precise.of(r);
  }
}
