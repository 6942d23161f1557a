package fluxion.engine.expr;

import static fluxion.engine.spi.ExprOp.ABS;
import static fluxion.engine.spi.ExprOp.CAST;
import static fluxion.engine.spi.ExprOp.NEG;
import static fluxion.engine.spi.ExprOp.NOT;
import static fluxion.engine.spi.ExprOp.SELECT;

import fluxion.api.DType;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.ExprOp;
import org.jspecify.annotations.Nullable;

/**
 * Local simplification, applied as a node is made.
 *
 * <p>Every rule keeps every result bit: for floats {@code x + 0.0} stays, since -0.0 + 0.0 is 0.0,
 * and so does {@code x * 0.0}, which may be NaN. (All NaNs count as one.)
 */
public final class Simplifier {
  private Simplifier() {}

  /**
   * {@return a simpler expression of the same value as a node about to be made, or null}
   *
   * @param op the node's kind
   * @param type the node's dtype
   * @param attribute the node's attribute
   * @param operands the node's operands
   */
  public static @Nullable Expr simplify(ExprOp op, DType type, long attribute, Expr... operands) {
    boolean constant = operands.length > 0;
    for (Expr operand : operands) {
      constant &= operand.isLiteral();
    }
    // A 16-bit cast stays: there are no literals of those dtypes.
    if (constant && type.computeType() == type) {
      if (Lowering.applies(op)) {
        return Lowering.expand(op, operands);
      }
      return Instruction.fold(op, type, attribute, operands);
    }
    return switch (op.arity()) {
      case 1 -> unary(op, type, operands[0]);
      case 2 ->
          type.isFloatingPoint()
              ? floating(op, operands[0], operands[1])
              : operands[0].type().isFloatingPoint()
                  ? null
                  : integral(op, type, operands[0], operands[1]);
      case 3 -> op == SELECT ? select(operands[0], operands[1], operands[2]) : null;
      default -> null;
    };
  }

  private static @Nullable Expr unary(ExprOp op, DType type, Expr x) {
    return switch (op) {
      case NEG, NOT -> x.op() == op ? x.operand(0) : null;
      case ABS -> x.op() == ABS ? x : x.op() == NEG ? x.operand(0).abs() : null;
      case CAST -> cast(type, x);
      case BITS -> x.op() == ExprOp.FROM_BITS ? x.operand(0) : null;
      case FROM_BITS -> x.op() == ExprOp.BITS ? x.operand(0) : null;
      default -> null;
    };
  }

  private static @Nullable Expr cast(DType type, Expr x) {
    if (x.type() == type) {
      return x;
    }
    // Through a dtype that holds every value of the first, the way does not matter.
    return x.op() == CAST && holds(x.type(), x.operand(0).type()) ? x.operand(0).cast(type) : null;
  }

  private static boolean holds(DType wide, DType narrow) {
    if (narrow == DType.BOOL) {
      return true;
    }
    if (narrow.isFloatingPoint()) {
      return wide == DType.FLOAT64 || (wide == DType.FLOAT32 && narrow.bytes() == 2);
    }
    // Integers go through integers alone; a way through floats is left as written.
    return wide.isIntegral() && wide.bytes() > narrow.bytes();
  }

  private static @Nullable Expr floating(ExprOp op, Expr a, Expr b) {
    return switch (op) {
      case ADD -> {
        if (is(b, -0.0)) {
          yield a;
        }
        if (is(a, -0.0)) {
          yield b;
        }
        if (a == b) {
          yield a.mul(2.0); // exact, and a sum would be named where a product is meant
        }
        yield b.op() == NEG ? a.sub(b.operand(0)) : null;
      }
      case SUB -> {
        if (is(b, 0.0)) {
          yield a;
        }
        if (is(a, -0.0)) {
          yield b.neg();
        }
        yield b.op() == NEG ? a.add(b.operand(0)) : null;
      }
      case MUL -> product(a, b);
      case DIV -> is(b, 1) ? a : is(b, -1) ? a.neg() : null;
      case POW -> is(b, 1) ? a : b.isLiteral() && b.doubleValue() == 0 ? one(a) : null;
      case MIN, MAX, FMIN, FMAX -> a == b ? a : null;
      default -> null;
    };
  }

  private static @Nullable Expr product(Expr a, Expr b) {
    if (is(b, 1)) {
      return a;
    }
    if (is(a, 1)) {
      return b;
    }
    if (is(b, -1)) {
      return a.neg();
    }
    if (is(a, -1)) {
      return b.neg();
    }
    return a.op() == NEG && b.op() == NEG ? a.operand(0).mul(b.operand(0)) : null;
  }

  private static @Nullable Expr integral(ExprOp op, DType type, Expr a, Expr b) {
    return switch (op) {
      case ADD -> is(b, 0) ? a : is(a, 0) ? b : b.op() == NEG ? a.sub(b.operand(0)) : null;
      case SUB -> is(b, 0) ? a : a == b ? zero(a) : b.op() == NEG ? a.add(b.operand(0)) : null;
      case MUL -> is(a, 0) || is(b, 0) ? zero(a) : product(a, b);
      case DIV -> is(b, 1) ? a : null;
      case POW -> is(b, 1) ? a : is(b, 0) ? one(a) : null;
      case MIN, MAX, FMIN, FMAX -> a == b ? a : null;
      case AND -> a == b || is(b, ones(type)) ? a : is(a, ones(type)) ? b : either(a, b, 0);
      case OR -> a == b || is(b, 0) ? a : is(a, 0) ? b : either(a, b, ones(type));
      case XOR -> a == b ? zero(a) : is(b, 0) ? a : is(a, 0) ? b : null;
      case SHL, SHR -> is(b, 0) ? a : null;
      case EQ, LE, GE -> a == b ? Expr.literal(true) : null;
      case NE, LT, GT -> a == b ? Expr.literal(false) : null;
      default -> null;
    };
  }

  private static @Nullable Expr select(Expr c, Expr a, Expr b) {
    if (a == b) {
      return a;
    }
    if (c.isLiteral()) {
      return c.longValue() != 0 ? a : b;
    }
    if (c.op() == NOT) {
      return Expr.select(c.operand(0), b, a);
    }
    // The same condition inside a branch is decided.
    if (a.op() == SELECT && a.operand(0) == c) {
      return Expr.select(c, a.operand(1), b);
    }
    if (b.op() == SELECT && b.operand(0) == c) {
      return Expr.select(c, a, b.operand(2));
    }
    if (a.type() == DType.BOOL && is(a, 1) && is(b, 0)) {
      return c;
    }
    return null;
  }

  /** The one of two operands that is a given integer literal, or null. */
  private static @Nullable Expr either(Expr a, Expr b, long value) {
    return is(a, value) ? a : is(b, value) ? b : null;
  }

  private static boolean is(Expr x, double value) {
    return x.isLiteral()
        && x.type().isFloatingPoint()
        && Double.doubleToLongBits(x.doubleValue()) == Double.doubleToLongBits(value);
  }

  private static boolean is(Expr x, long value) {
    // Written for both kinds, so that product() serves floats and integers.
    return x.isLiteral()
        && (x.type().isFloatingPoint() ? is(x, (double) value) : x.longValue() == value);
  }

  private static long ones(DType type) {
    return Conversions.wrap(type, -1);
  }

  private static Expr zero(Expr like) {
    return Expr.literal(like.type(), 0);
  }

  private static Expr one(Expr like) {
    return Expr.literal(like.type(), 1);
  }
}
