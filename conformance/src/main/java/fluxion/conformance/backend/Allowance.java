package fluxion.conformance.backend;

import fluxion.api.DType;
import fluxion.conformance.Profile;
import fluxion.conformance.budget.Budgets;
import fluxion.conformance.suite.Trial;
import fluxion.engine.spi.ExprOp;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * What profile basic allows in float32 where profile tight asks for the one right result: the error
 * budgets of OpenCL C, and a zero of its sign in the place of a subnormal number.
 */
final class Allowance {
  private Allowance() {}

  /** Whether subnormal numbers may be taken for zeros. */
  static boolean flushes(Trial trial, DType dtype) {
    return trial.settings().profile() == Profile.BASIC && dtype == DType.FLOAT32;
  }

  /** The number, or a zero of its sign if it is a subnormal float32. */
  static double flushed(double value) {
    return Math.abs(value) < Float.MIN_NORMAL ? Math.copySign(0, value) : value;
  }

  /** Floats without those that a device may take for zeros when it computes in float32. */
  static Values normals(Trial trial, Values given) {
    return given.isFloating() && flushes(trial, DType.FLOAT32)
        ? Values.floats(given.dtype(), given.shape(), i -> flushed(given.real(i)))
        : given;
  }

  /** Whether a result is one of two, or a zero of its sign if that is subnormal. */
  static boolean isEither(double found, double one, double other) {
    return Double.compare(found, one) == 0
        || Double.compare(found, other) == 0
        || Double.compare(found, flushed(one)) == 0
        || Double.compare(found, flushed(other)) == 0;
  }

  /**
   * Whether profile basic lets a result of one operand in float32 pass that is not the exact one.
   */
  static boolean accepts(
      Trial trial, ExprOp op, DoubleUnaryOperator exact, double found, double x) {
    return flushes(trial, DType.FLOAT32)
        && (isWithinBudget(trial, op, found, x)
            || Double.compare(found, exact.applyAsDouble(flushed(x))) == 0);
  }

  private static boolean isWithinBudget(Trial trial, ExprOp op, double found, double... args) {
    return Budgets.load().has(op)
        && Budgets.load().of(op, DType.FLOAT32, trial.settings().profile()).accepts(found, 0, args);
  }

  /**
   * Whether profile basic lets a result of two operands in float32 pass that is not the exact one.
   *
   * @param op the operation
   * @param exact computes it
   * @param found the result, of a comparison 0 or 1
   */
  static boolean accepts(
      Trial trial, ExprOp op, DoubleBinaryOperator exact, double found, double a, double b) {
    if (!flushes(trial, DType.FLOAT32)) {
      return false;
    }
    if (isWithinBudget(trial, op, found, a, b)) {
      return true;
    }
    boolean extreme = op == ExprOp.MIN || op == ExprOp.MAX;
    if (extreme && flushed(a) == flushed(b) && isEither(found, a, b)) {
      // compared as zeros, they are equal
      return true;
    }
    return Double.compare(found, exact.applyAsDouble(flushed(a), flushed(b))) == 0;
  }
}
