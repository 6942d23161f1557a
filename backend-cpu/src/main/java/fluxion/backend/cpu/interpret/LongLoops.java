package fluxion.backend.cpu.interpret;

import fluxion.engine.spi.ExprOp;
import fluxion.engine.spi.ScalarMath;

/** Int64 operations on registers, a loop each; see {@link FloatLoops}. */
final class LongLoops {
  private LongLoops() {}

  /** Computes {@code r[from … to − 1]} of a result of the operands' dtype. */
  static void run(ExprOp op, long[] r, long[] a, long[] b, int from, int to) {
    switch (op) {
      case ADD -> add(r, a, b, from, to);
      case SUB -> subtract(r, a, b, from, to);
      case MUL -> multiply(r, a, b, from, to);
      case DIV -> divide(r, a, b, from, to);
      case FMOD -> fmod(r, a, b, from, to);
      case REMAINDER -> remainder(r, a, b, from, to);
      case POW -> power(r, a, b, from, to);
      case MIN -> minimum(r, a, b, from, to);
      case MAX -> maximum(r, a, b, from, to);
      case NEG -> negate(r, a, from, to);
      case ABS -> absolute(r, a, from, to);
      case AND -> and(r, a, b, from, to);
      case OR -> or(r, a, b, from, to);
      case XOR -> xor(r, a, b, from, to);
      case NOT -> not(r, a, from, to);
      case SHL -> shiftLeft(r, a, b, from, to);
      case SHR -> shiftRight(r, a, b, from, to);
      default -> throw new IllegalStateException("no loop for " + op);
    }
  }

  private static void add(long[] r, long[] a, long[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = a[i] + b[i];
    }
  }

  private static void subtract(long[] r, long[] a, long[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = a[i] - b[i];
    }
  }

  private static void multiply(long[] r, long[] a, long[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = a[i] * b[i];
    }
  }

  private static void divide(long[] r, long[] a, long[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = b[i] == 0 ? 0 : a[i] / b[i];
    }
  }

  private static void fmod(long[] r, long[] a, long[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = b[i] == 0 ? 0 : a[i] % b[i];
    }
  }

  private static void remainder(long[] r, long[] a, long[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = b[i] == 0 ? 0 : Math.floorMod(a[i], b[i]);
    }
  }

  private static void power(long[] r, long[] a, long[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = ScalarMath.pow(a[i], b[i]);
    }
  }

  private static void minimum(long[] r, long[] a, long[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = Math.min(a[i], b[i]);
    }
  }

  private static void maximum(long[] r, long[] a, long[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = Math.max(a[i], b[i]);
    }
  }

  private static void negate(long[] r, long[] a, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = -a[i];
    }
  }

  private static void absolute(long[] r, long[] a, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = Math.abs(a[i]);
    }
  }

  private static void and(long[] r, long[] a, long[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = a[i] & b[i];
    }
  }

  private static void or(long[] r, long[] a, long[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = a[i] | b[i];
    }
  }

  private static void xor(long[] r, long[] a, long[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = a[i] ^ b[i];
    }
  }

  private static void not(long[] r, long[] a, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = ~a[i];
    }
  }

  private static void shiftLeft(long[] r, long[] a, long[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = b[i] < 0 || b[i] >= 64 ? 0 : a[i] << b[i];
    }
  }

  private static void shiftRight(long[] r, long[] a, long[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = a[i] >> (b[i] < 0 || b[i] >= 64 ? 63 : b[i]);
    }
  }

  /** Computes {@code r[from … to − 1]} of a truth value: 1 or 0. */
  static void test(ExprOp op, int[] r, long[] a, long[] b, int from, int to) {
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

  private static void equal(int[] r, long[] a, long[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = a[i] == b[i] ? 1 : 0;
    }
  }

  private static void notEqual(int[] r, long[] a, long[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = a[i] != b[i] ? 1 : 0;
    }
  }

  private static void less(int[] r, long[] a, long[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = a[i] < b[i] ? 1 : 0;
    }
  }

  private static void lessOrEqual(int[] r, long[] a, long[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = a[i] <= b[i] ? 1 : 0;
    }
  }

  private static void greater(int[] r, long[] a, long[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = a[i] > b[i] ? 1 : 0;
    }
  }

  private static void greaterOrEqual(int[] r, long[] a, long[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = a[i] >= b[i] ? 1 : 0;
    }
  }

  /** Picks {@code a} where the condition is not 0, else {@code b}. */
  static void select(long[] r, int[] condition, long[] a, long[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = condition[i] != 0 ? a[i] : b[i];
    }
  }
}
