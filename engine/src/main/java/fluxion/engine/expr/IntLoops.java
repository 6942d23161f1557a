package fluxion.engine.expr;

import fluxion.api.DType;
import fluxion.engine.spi.ExprOp;
import fluxion.engine.spi.ScalarMath;

/** Integer and bool operations on blocks: computed in 64 bits, then wrapped to the dtype. */
final class IntLoops {
  private IntLoops() {}

  static void run(ExprOp op, DType type, long[] r, long[] a, long[] b, int n) {
    if (op.isPredicate()) {
      compare(op, r, a, b, n);
      return;
    }
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
          r[i] = ScalarMath.div(a[i], b[i]);
        }
      }
      case FMOD -> {
        for (int i = 0; i < n; i++) {
          r[i] = ScalarMath.fmod(a[i], b[i]);
        }
      }
      case REMAINDER -> {
        for (int i = 0; i < n; i++) {
          r[i] = ScalarMath.remainder(a[i], b[i]);
        }
      }
      case POW -> {
        for (int i = 0; i < n; i++) {
          r[i] = ScalarMath.pow(a[i], b[i]);
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
      default -> {
        bits(op, type, r, a, b, n);
      }
    }
    Conversions.wrap(type, r, n);
  }

  private static void bits(ExprOp op, DType type, long[] r, long[] a, long[] b, int n) {
    int width = 8 * type.bytes();
    switch (op) {
      case AND -> {
        for (int i = 0; i < n; i++) {
          r[i] = a[i] & b[i];
        }
      }
      case OR -> {
        for (int i = 0; i < n; i++) {
          r[i] = a[i] | b[i];
        }
      }
      case XOR -> {
        for (int i = 0; i < n; i++) {
          r[i] = a[i] ^ b[i];
        }
      }
      case NOT -> {
        for (int i = 0; i < n; i++) {
          r[i] = ~a[i];
        }
      }
      case SHL -> {
        for (int i = 0; i < n; i++) {
          r[i] = b[i] < 0 || b[i] >= width ? 0 : a[i] << b[i];
        }
      }
      case SHR -> {
        for (int i = 0; i < n; i++) {
          r[i] = a[i] >> (b[i] < 0 || b[i] >= width ? 63 : b[i]);
        }
      }
      default -> {
        throw new IllegalStateException("no integer operation " + op);
      }
    }
  }

  private static void compare(ExprOp op, long[] r, long[] a, long[] b, int n) {
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
        throw new IllegalStateException("no integer comparison " + op);
      }
    }
  }

  static void select(long[] r, long[] condition, long[] a, long[] b, int n) {
    for (int i = 0; i < n; i++) {
      r[i] = condition[i] != 0 ? a[i] : b[i];
    }
  }
}
