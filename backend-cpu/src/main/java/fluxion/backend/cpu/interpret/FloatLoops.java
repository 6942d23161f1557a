package fluxion.backend.cpu.interpret;

import fluxion.engine.spi.ExprOp;

/**
 * Float32 operations on registers, a loop each. The loops are in methods of their own, and operands
 * and result have the same indices, so that the compiler vectorises them soon.
 */
final class FloatLoops {
  private FloatLoops() {}

  /** Computes {@code r[from … to − 1]} of a result of the operands' dtype. */
  static void run(ExprOp op, float[] r, float[] a, float[] b, float[] c, int from, int to) {
    switch (op) {
      case ADD -> add(r, a, b, from, to);
      case SUB -> subtract(r, a, b, from, to);
      case MUL -> multiply(r, a, b, from, to);
      case DIV -> divide(r, a, b, from, to);
      case MIN -> minimum(r, a, b, from, to);
      case MAX -> maximum(r, a, b, from, to);
      case NEG -> negate(r, a, from, to);
      case ABS -> absolute(r, a, from, to);
      case FMA -> fusedMultiplyAdd(r, a, b, c, from, to);
      case SQRT -> squareRoot(r, a, from, to);
      default -> throw new IllegalStateException("no loop for " + op);
    }
  }

  private static void add(float[] r, float[] a, float[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = a[i] + b[i];
    }
  }

  private static void subtract(float[] r, float[] a, float[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = a[i] - b[i];
    }
  }

  private static void multiply(float[] r, float[] a, float[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = a[i] * b[i];
    }
  }

  private static void divide(float[] r, float[] a, float[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = a[i] / b[i];
    }
  }

  private static void minimum(float[] r, float[] a, float[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = Math.min(a[i], b[i]);
    }
  }

  private static void maximum(float[] r, float[] a, float[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = Math.max(a[i], b[i]);
    }
  }

  private static void negate(float[] r, float[] a, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = -a[i];
    }
  }

  private static void absolute(float[] r, float[] a, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = Math.abs(a[i]);
    }
  }

  private static void fusedMultiplyAdd(
      float[] r, float[] a, float[] b, float[] c, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = Math.fma(a[i], b[i], c[i]);
    }
  }

  private static void squareRoot(float[] r, float[] a, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = (float) Math.sqrt(a[i]);
    }
  }

  /** Computes {@code r[from … to − 1]} of a truth value: 1 or 0. */
  static void test(ExprOp op, int[] r, float[] a, float[] b, int from, int to) {
    switch (op) {
      case EQ -> equal(r, a, b, from, to);
      case NE -> notEqual(r, a, b, from, to);
      case LT -> less(r, a, b, from, to);
      case LE -> lessOrEqual(r, a, b, from, to);
      case GT -> greater(r, a, b, from, to);
      case GE -> greaterOrEqual(r, a, b, from, to);
      default -> throw new IllegalStateException("no loop for " + op);
    }
  }

  private static void equal(int[] r, float[] a, float[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = a[i] == b[i] ? 1 : 0;
    }
  }

  private static void notEqual(int[] r, float[] a, float[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = a[i] != b[i] ? 1 : 0;
    }
  }

  private static void less(int[] r, float[] a, float[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = a[i] < b[i] ? 1 : 0;
    }
  }

  private static void lessOrEqual(int[] r, float[] a, float[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = a[i] <= b[i] ? 1 : 0;
    }
  }

  private static void greater(int[] r, float[] a, float[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = a[i] > b[i] ? 1 : 0;
    }
  }

  private static void greaterOrEqual(int[] r, float[] a, float[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = a[i] >= b[i] ? 1 : 0;
    }
  }

  /** Picks {@code a} where the condition is not 0, else {@code b}. */
  static void select(float[] r, int[] condition, float[] a, float[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = condition[i] != 0 ? a[i] : b[i];
    }
  }
}
