package fluxion.engine.expr;

import java.math.BigDecimal;
import java.math.MathContext;

/** Elementary functions of a double to more than 30 digits, as references for error bounds. */
final class Exact {
  private static final MathContext DIGITS = new MathContext(50);
  private static final BigDecimal ONE = BigDecimal.ONE;
  private static final BigDecimal TWO = BigDecimal.TWO;

  /** 2/√π. */
  private static final BigDecimal ERF_SLOPE =
      new BigDecimal("1.1283791670955125738961589031215451716881012586580");

  private Exact() {}

  /** The value of a function by its name in {@link fluxion.engine.spi.ExprOp}. */
  static BigDecimal at(String name, double argument) {
    BigDecimal x = new BigDecimal(argument);
    return switch (name) {
      case "exp" -> exp(x);
      case "exp2" -> exp(x.multiply(log(TWO), DIGITS));
      case "expm1" -> expm1(x);
      case "sinh" -> expm1(x).subtract(expm1(x.negate()), DIGITS).divide(TWO, DIGITS);
      case "cosh" -> exp(x).add(exp(x.negate()), DIGITS).divide(TWO, DIGITS);
      case "tanh" -> {
        BigDecimal e = expm1(x.multiply(TWO));
        yield e.divide(e.add(TWO), DIGITS);
      }
      case "sigmoid" -> ONE.divide(ONE.add(exp(x.negate())), DIGITS);
      case "softplus" -> softplus(x);
      case "logsigmoid" -> softplus(x.negate()).negate();
      case "log" -> log(x);
      case "log2" -> log(x).divide(log(TWO), DIGITS);
      case "log10" -> log(x).divide(log(BigDecimal.TEN), DIGITS);
      case "log1p" -> log1p(x);
      case "erf" -> erf(x);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static BigDecimal softplus(BigDecimal x) {
    return x.max(BigDecimal.ZERO).add(log1p(exp(x.abs().negate())), DIGITS);
  }

  private static BigDecimal exp(BigDecimal x) {
    return expm1(x).add(ONE, x.signum() < 0 ? new MathContext(400) : DIGITS).round(DIGITS);
  }

  /** Taylor's series for a small part of x, doubled by {@code e^2y − 1 = (e^y − 1)(e^y + 1)}. */
  private static BigDecimal expm1(BigDecimal x) {
    if (x.signum() < 0) {
      // 1/e^-x − 1, without cancellation near 0.
      BigDecimal e = expm1(x.negate());
      return e.negate().divide(e.add(ONE), new MathContext(400));
    }
    int halvings = Math.max(0, Math.getExponent(x.doubleValue()) + 6);
    BigDecimal y = x.divide(TWO.pow(halvings), DIGITS);
    BigDecimal term = y;
    BigDecimal sum = y;
    for (int n = 2; n < 25; n++) {
      term = term.multiply(y, DIGITS).divide(BigDecimal.valueOf(n), DIGITS);
      sum = sum.add(term, DIGITS);
    }
    for (int i = 0; i < halvings; i++) {
      sum = sum.multiply(sum.add(TWO), DIGITS);
    }
    return sum;
  }

  /** One step of Newton's method from the double, with the quadratic term. */
  private static BigDecimal log(BigDecimal x) {
    int exponent = x.precision() - x.scale();
    double scaled = StrictMath.log(x.movePointLeft(exponent).doubleValue());
    BigDecimal y = new BigDecimal(scaled + exponent * 2.302585092994046);
    BigDecimal d = x.divide(exp(y), DIGITS).subtract(ONE, DIGITS);
    return y.add(d).subtract(d.multiply(d, DIGITS).divide(TWO, DIGITS), DIGITS);
  }

  private static BigDecimal log1p(BigDecimal x) {
    if (x.abs().doubleValue() > 0.5) {
      return log(ONE.add(x));
    }
    BigDecimal y = new BigDecimal(StrictMath.log1p(x.doubleValue()));
    BigDecimal e = expm1(y);
    BigDecimal d = x.subtract(e, DIGITS).divide(ONE.add(e), DIGITS);
    return y.add(d).subtract(d.multiply(d, DIGITS).divide(TWO, DIGITS), DIGITS);
  }

  /** Abramowitz and Stegun 7.1.6, whose terms are all positive. */
  private static BigDecimal erf(BigDecimal x) {
    BigDecimal square = x.multiply(x, DIGITS);
    BigDecimal term = x;
    BigDecimal sum = x;
    for (int n = 1; n < 200; n++) {
      term =
          term.multiply(square, DIGITS).multiply(TWO).divide(BigDecimal.valueOf(2 * n + 1), DIGITS);
      sum = sum.add(term, DIGITS);
    }
    return sum.multiply(exp(square.negate()), DIGITS).multiply(ERF_SLOPE, DIGITS);
  }
}
