package fluxion.engine.expr;

import fluxion.api.DType;
import fluxion.engine.spi.ExprOp;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Float operations on blocks.
 *
 * <p>Both float dtypes are computed in double; a float32 node then rounds. For + − × ÷ √ that gives
 * the correctly rounded float32 result although it rounds twice, because 53 bits are at least 2·24
 * + 2 (Figueroa, "When is double rounding innocuous?", 1995). A fused multiply-add has no such
 * property and is done in float.
 */
final class FloatLoops {
  private final ExprOp op;
  private final DType type;
  private final @Nullable DoubleUnaryOperator unary;
  private final @Nullable DoubleBinaryOperator binary;

  private FloatLoops(ExprOp op, DType type, long attribute) {
    this.op = op;
    this.type = type;
    this.unary = op.arity() == 1 ? Elementary.unary(op, (int) attribute) : null;
    this.binary = op.arity() == 2 ? Elementary.binary(op) : null;
  }

  static FloatLoops of(ExprOp op, DType type, long attribute) {
    return new FloatLoops(op, type, attribute);
  }

  void run(double[] r, double[] a, double[] b, double[] c, int n) {
    if (unary != null) {
      for (int i = 0; i < n; i++) {
        r[i] = unary.applyAsDouble(a[i]);
      }
      Conversions.round(type, r, n);
    } else if (binary != null) {
      for (int i = 0; i < n; i++) {
        r[i] = binary.applyAsDouble(a[i], b[i]);
      }
      Conversions.round(type, r, n);
    } else if (op == ExprOp.FMA) {
      fma(r, a, b, c, n);
    } else {
      simple(r, a, b, n);
    }
  }

  /** Operations whose loops the compiler can vectorise, so without a call an element. */
  private void simple(double[] r, double[] a, double[] b, int n) {
    switch (op) {
      case ADD -> {
        for (int i = 0; i < n; i++) {
          r[i] = a[i] + b[i];
        }
      }
      case SUB -> {
        for (int i = 0; i < n; i++) {
          r[i] = a[i] - b[i];
        }
      }
      case MUL -> {
        for (int i = 0; i < n; i++) {
          r[i] = a[i] * b[i];
        }
      }
      case DIV -> {
        for (int i = 0; i < n; i++) {
          r[i] = a[i] / b[i];
        }
      }
      case SQRT -> {
        for (int i = 0; i < n; i++) {
          r[i] = Math.sqrt(a[i]);
        }
      }
      default -> {
        exact(r, a, b, n);
        return;
      }
    }
    Conversions.round(type, r, n);
  }

  /** Operations whose results need no rounding. */
  private void exact(double[] r, double[] a, double[] b, int n) {
    switch (op) {
      case NEG -> {
        for (int i = 0; i < n; i++) {
          r[i] = -a[i];
        }
      }
      case ABS -> {
        for (int i = 0; i < n; i++) {
          r[i] = Math.abs(a[i]);
        }
      }
      case MIN -> {
        for (int i = 0; i < n; i++) {
          r[i] = Math.min(a[i], b[i]);
        }
      }
      case MAX -> {
        for (int i = 0; i < n; i++) {
          r[i] = Math.max(a[i], b[i]);
        }
      }
      default -> {
        throw new IllegalStateException("no float operation " + op);
      }
    }
  }

  private void fma(double[] r, double[] a, double[] b, double[] c, int n) {
    if (type == DType.FLOAT32) {
      for (int i = 0; i < n; i++) {
        r[i] = Math.fma((float) a[i], (float) b[i], (float) c[i]);
      }
    } else {
      for (int i = 0; i < n; i++) {
        r[i] = Math.fma(a[i], b[i], c[i]);
      }
    }
  }

  static void select(double[] r, long[] condition, double[] a, double[] b, int n) {
    for (int i = 0; i < n; i++) {
      r[i] = condition[i] != 0 ? a[i] : b[i];
    }
  }

  /** Comparisons of floats. */
  static void test(ExprOp op, long[] r, double[] a, double[] b, int n) {
    switch (op) {
      case EQ -> {
        for (int i = 0; i < n; i++) {
          r[i] = a[i] == b[i] ? 1 : 0;
        }
      }
      case NE -> {
        for (int i = 0; i < n; i++) {
          r[i] = a[i] != b[i] ? 1 : 0;
        }
      }
      case LT -> {
        for (int i = 0; i < n; i++) {
          r[i] = a[i] < b[i] ? 1 : 0;
        }
      }
      case LE -> {
        for (int i = 0; i < n; i++) {
          r[i] = a[i] <= b[i] ? 1 : 0;
        }
      }
      case GT -> {
        for (int i = 0; i < n; i++) {
          r[i] = a[i] > b[i] ? 1 : 0;
        }
      }
      case GE -> {
        for (int i = 0; i < n; i++) {
          r[i] = a[i] >= b[i] ? 1 : 0;
        }
      }
      default -> {
        throw new IllegalStateException("no float comparison " + op);
      }
    }
  }
}
