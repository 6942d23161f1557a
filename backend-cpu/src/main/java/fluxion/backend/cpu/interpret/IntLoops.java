package fluxion.backend.cpu.interpret;

import fluxion.engine.spi.ExprOp;
import fluxion.engine.spi.ScalarMath;

/**
 * Operations on integers of up to 32 bits and truth values in {@code int[]} registers, a loop each;
 * see {@link FloatLoops}. Results of narrower dtypes are to be wrapped afterwards.
 */
final class IntLoops {
  private IntLoops() {}

  /**
   * Computes {@code r[from … to − 1]} of a result of the operands' dtype.
   *
   * @param width the number of bits of the dtype, which bounds shifts
   */
  static void run(ExprOp op, int[] r, int[] a, int[] b, int from, int to, int width) {
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
      case SHL -> shiftLeft(r, a, b, from, to, width);
      case SHR -> shiftRight(r, a, b, from, to, width);
      default -> throw new IllegalStateException("no loop for " + op);
    }
  }

  private static void add(int[] r, int[] a, int[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = a[i] + b[i];
    }
  }

  private static void subtract(int[] r, int[] a, int[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = a[i] - b[i];
    }
  }

  private static void multiply(int[] r, int[] a, int[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = a[i] * b[i];
    }
  }

  private static void divide(int[] r, int[] a, int[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = b[i] == 0 ? 0 : a[i] / b[i];
    }
  }

  private static void fmod(int[] r, int[] a, int[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = b[i] == 0 ? 0 : a[i] % b[i];
    }
  }

  private static void remainder(int[] r, int[] a, int[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = b[i] == 0 ? 0 : Math.floorMod(a[i], b[i]);
    }
  }

  private static void power(int[] r, int[] a, int[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = (int) ScalarMath.pow(a[i], b[i]);
    }
  }

  private static void minimum(int[] r, int[] a, int[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = Math.min(a[i], b[i]);
    }
  }

  private static void maximum(int[] r, int[] a, int[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = Math.max(a[i], b[i]);
    }
  }

  private static void negate(int[] r, int[] a, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = -a[i];
    }
  }

  private static void absolute(int[] r, int[] a, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = Math.abs(a[i]);
    }
  }

  private static void and(int[] r, int[] a, int[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = a[i] & b[i];
    }
  }

  private static void or(int[] r, int[] a, int[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = a[i] | b[i];
    }
  }

  private static void xor(int[] r, int[] a, int[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = a[i] ^ b[i];
    }
  }

  private static void not(int[] r, int[] a, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = ~a[i];
    }
  }

  private static void shiftLeft(int[] r, int[] a, int[] b, int from, int to, int width) {
    for (int i = from; i < to; i++) {
      r[i] = b[i] < 0 || b[i] >= width ? 0 : a[i] << b[i];
    }
  }

  private static void shiftRight(int[] r, int[] a, int[] b, int from, int to, int width) {
    for (int i = from; i < to; i++) {
      r[i] = a[i] >> (b[i] < 0 || b[i] >= width ? 31 : b[i]);
    }
  }

  /** Computes {@code r[from … to − 1]} of a truth value: 1 or 0. */
  static void test(ExprOp op, int[] r, int[] a, int[] b, int from, int to) {
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

  private static void equal(int[] r, int[] a, int[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = a[i] == b[i] ? 1 : 0;
    }
  }

  private static void notEqual(int[] r, int[] a, int[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = a[i] != b[i] ? 1 : 0;
    }
  }

  private static void less(int[] r, int[] a, int[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = a[i] < b[i] ? 1 : 0;
    }
  }

  private static void lessOrEqual(int[] r, int[] a, int[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = a[i] <= b[i] ? 1 : 0;
    }
  }

  private static void greater(int[] r, int[] a, int[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = a[i] > b[i] ? 1 : 0;
    }
  }

  private static void greaterOrEqual(int[] r, int[] a, int[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = a[i] >= b[i] ? 1 : 0;
    }
  }

  /** Picks {@code a} where the condition is not 0, else {@code b}. */
  static void select(int[] r, int[] condition, int[] a, int[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = condition[i] != 0 ? a[i] : b[i];
    }
  }
}
