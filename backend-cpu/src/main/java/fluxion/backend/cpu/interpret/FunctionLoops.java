package fluxion.backend.cpu.interpret;

import fluxion.engine.spi.ExprOp;
import fluxion.engine.spi.ScalarMath;

/**
 * The functions of {@link ScalarMath} on float64 registers, a loop each, so that the call of an
 * element is a static one.
 */
final class FunctionLoops {
  private FunctionLoops() {}

  /**
   * Computes {@code r[from … to − 1]}.
   *
   * @param op a function that {@link ScalarMath#provides}
   * @param order the order of a polygamma
   * @param r the register of the result, which may be an operand's
   * @param a that of the first operand
   * @param b that of the second one, if there is one
   * @param from the first index
   * @param to the index behind the last
   */
  static void run(ExprOp op, int order, double[] r, double[] a, double[] b, int from, int to) {
    switch (op) {
      case FMOD -> fmod(r, a, b, from, to);
      case REMAINDER -> remainder(r, a, b, from, to);
      case POW -> pow(r, a, b, from, to);
      case ATAN2 -> atan2(r, a, b, from, to);
      case HYPOT -> hypot(r, a, b, from, to);
      case SIN -> sin(r, a, from, to);
      case COS -> cos(r, a, from, to);
      case TAN -> tan(r, a, from, to);
      case ASIN -> asin(r, a, from, to);
      case ACOS -> acos(r, a, from, to);
      case ATAN -> atan(r, a, from, to);
      case ASINH -> asinh(r, a, from, to);
      case ACOSH -> acosh(r, a, from, to);
      case ATANH -> atanh(r, a, from, to);
      case ERFC -> erfc(r, a, from, to);
      case ERFINV -> erfinv(r, a, from, to);
      case LGAMMA -> lgamma(r, a, from, to);
      case DIGAMMA -> digamma(r, a, from, to);
      case POLYGAMMA -> polygamma(order, r, a, from, to);
      default -> throw new IllegalStateException("no loop for " + op);
    }
  }

  private static void fmod(double[] r, double[] a, double[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = ScalarMath.fmod(a[i], b[i]);
    }
  }

  private static void remainder(double[] r, double[] a, double[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = ScalarMath.remainder(a[i], b[i]);
    }
  }

  private static void pow(double[] r, double[] a, double[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = ScalarMath.pow(a[i], b[i]);
    }
  }

  private static void atan2(double[] r, double[] a, double[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = ScalarMath.atan2(a[i], b[i]);
    }
  }

  private static void hypot(double[] r, double[] a, double[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = ScalarMath.hypot(a[i], b[i]);
    }
  }

  private static void sin(double[] r, double[] a, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = ScalarMath.sin(a[i]);
    }
  }

  private static void cos(double[] r, double[] a, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = ScalarMath.cos(a[i]);
    }
  }

  private static void tan(double[] r, double[] a, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = ScalarMath.tan(a[i]);
    }
  }

  private static void asin(double[] r, double[] a, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = ScalarMath.asin(a[i]);
    }
  }

  private static void acos(double[] r, double[] a, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = ScalarMath.acos(a[i]);
    }
  }

  private static void atan(double[] r, double[] a, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = ScalarMath.atan(a[i]);
    }
  }

  private static void asinh(double[] r, double[] a, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = ScalarMath.asinh(a[i]);
    }
  }

  private static void acosh(double[] r, double[] a, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = ScalarMath.acosh(a[i]);
    }
  }

  private static void atanh(double[] r, double[] a, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = ScalarMath.atanh(a[i]);
    }
  }

  private static void erfc(double[] r, double[] a, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = ScalarMath.erfc(a[i]);
    }
  }

  private static void erfinv(double[] r, double[] a, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = ScalarMath.erfinv(a[i]);
    }
  }

  private static void lgamma(double[] r, double[] a, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = ScalarMath.lgamma(a[i]);
    }
  }

  private static void digamma(double[] r, double[] a, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = ScalarMath.digamma(a[i]);
    }
  }

  private static void polygamma(int order, double[] r, double[] a, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = ScalarMath.polygamma(order, a[i]);
    }
  }
}
