package fluxion.conformance.reference;

import fluxion.api.DType;
import fluxion.engine.spi.ExprOp;
import java.math.BigInteger;

/** Operations on integers and truth values: computed in 64 bits and wrapped to the dtype. */
final class IntegerOperations {
  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(64);

  private IntegerOperations() {}

  static long compute(ExprOp op, DType dtype, long a, long b) {
    long result =
        switch (op) {
          case ADD -> a + b;
          case SUB -> a - b;
          case MUL -> a * b;
          case DIV -> b == 0 ? 0 : a / b;
          case FMOD -> b == 0 ? 0 : a % b;
          case REMAINDER -> b == 0 ? 0 : Math.floorMod(a, b);
          case POW -> power(a, b);
          case MIN, FMIN -> Math.min(a, b);
          case MAX, FMAX -> Math.max(a, b);
          case NEG -> -a;
          case ABS -> Math.abs(a);
          case SIGN -> Long.signum(a);
          case AND -> a & b;
          case OR -> a | b;
          case XOR -> a ^ b;
          case NOT -> ~a;
          case SHL -> isShift(dtype, b) ? a << b : 0;
          case SHR -> isShift(dtype, b) ? a >> b : a >> 63;
          default -> throw new IllegalArgumentException("no operation on integers: " + op);
        };
    return Element.wrap(result, dtype);
  }

  private static boolean isShift(DType dtype, long count) {
    return count >= 0 && count < 8L * dtype.bytes();
  }

  /** {@return the power modulo 2^64; of a negative exponent the reciprocal cut towards zero} */
  private static long power(long a, long b) {
    if (b >= 0) {
      return BigInteger.valueOf(a).modPow(BigInteger.valueOf(b), MODULUS).longValue();
    }
    if (a == -1) {
      return b % 2 == 0 ? 1 : -1;
    }
    return a == 1 ? 1 : 0;
  }

  static long compare(ExprOp op, long a, long b) {
    boolean holds =
        switch (op) {
          case EQ -> a == b;
          case NE -> a != b;
          case LT -> a < b;
          case LE -> a <= b;
          case GT -> a > b;
          case GE -> a >= b;
          default -> throw new IllegalArgumentException("no comparison of integers: " + op);
        };
    return holds ? 1 : 0;
  }
}
