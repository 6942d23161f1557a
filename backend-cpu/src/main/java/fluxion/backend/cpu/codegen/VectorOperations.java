package fluxion.backend.cpu.codegen;

import fluxion.api.DType;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.ExprOp;
import java.lang.classfile.CodeBuilder;

/**
 * Writes what a node computes of a vector of elements: the bits that {@link ScalarOperations} gives
 * for each.
 *
 * <p>What the Vector API lacks is put together from exact operations.
 */
final class VectorOperations {
  private final CodeBuilder code;
  private final VectorCode vectors;
  private final StageMethod method;
  private final VectorCasts casts;

  VectorOperations(CodeBuilder code, VectorCode vectors, StageMethod method) {
    this.code = code;
    this.vectors = vectors;
    this.method = method;
    this.casts = new VectorCasts(code, vectors, method);
  }

  /**
   * Leaves what a node computes on the stack.
   *
   * @return the kind of the vector or, of a truth value, the kind that the mask is for
   */
  Kind compute(Expr node) {
    if (node.op() == ExprOp.CAST) {
      return cast(node);
    }
    if (node.type() == DType.BOOL) {
      return truth(node);
    }
    Kind kind = Kind.of(node.type());
    switch (node.op()) {
      case ADD, SUB, MUL, DIV, AND, OR, XOR -> binary(node, kind, node.op().name());
      case MIN, MAX -> binary(node, kind, node.op().name());
      case FMIN, FMAX -> numberWins(node, kind);
      case NEG, ABS, SQRT, NOT -> {
        push(node, 0);
        vectors.unary(kind, node.op().name());
      }
      case FMA -> {
        push(node, 0);
        vectors.ternaryOperation("FMA");
        push(node, 1);
        push(node, 2);
        vectors.ternary(kind);
      }
      case SIGN -> sign(node, kind);
      case FLOOR, CEIL, ROUND, TRUNC -> round(node, kind);
      case RECIPROCAL -> {
        vectors.broadcast(kind, 1).operation("DIV");
        push(node, 0);
        vectors.binary(kind);
      }
      case RSQRT -> reciprocalRoot(node, kind);
      case COPYSIGN -> copySign(node, kind);
      case SHL, SHR -> shift(node, kind);
      case SELECT -> {
        push(node, 2);
        push(node, 1);
        mask(node, 0, kind);
        vectors.blend(kind);
      }
      default -> throw new IllegalStateException("no vector operation " + node.op());
    }
    casts.wrap(node.type());
    return kind;
  }

  private void push(Expr node, int operand) {
    code.aload(method.local(node.operand(operand)).slot());
  }

  private void mask(Expr node, int operand, Kind kind) {
    StageMethod.Local local = method.local(node.operand(operand));
    code.aload(local.slot());
    vectors.castMask(local.kind(), kind);
  }

  private void binary(Expr node, Kind kind, String name) {
    push(node, 0);
    vectors.operation(name);
    push(node, 1);
    vectors.binary(kind);
  }

  private Kind cast(Expr node) {
    DType from = node.operand(0).type();
    if (from == DType.BOOL) {
      Kind kind = Kind.of(node.type());
      vectors.broadcast(kind, 0).number(kind, 1);
      mask(node, 0, kind);
      vectors.blendNumber(kind);
      return kind;
    }
    push(node, 0);
    return casts.cast(from, node.type());
  }

  // ---- truth values ----

  private Kind truth(Expr node) {
    if (node.op().isPredicate() && node.operand(0).type() != DType.BOOL) {
      Kind kind = Kind.of(node.operand(0).type());
      test(node, kind);
      return kind;
    }
    Kind kind = method.local(node.operand(0)).kind();
    mask(node, 0, kind);
    switch (node.op()) {
      case AND -> with(node, kind, "and");
      case OR -> with(node, kind, "or");
      case XOR, NE -> with(node, kind, "xor");
      case EQ -> {
        with(node, kind, "xor");
        vectors.notMask();
      }
      case GT -> with(node, kind, "andNot");
      case LE -> {
        with(node, kind, "andNot");
        vectors.notMask();
      }
      case NOT -> vectors.notMask();
      case GE -> {
        vectors.notMask();
        with(node, kind, "and");
        vectors.notMask();
      }
      case LT -> {
        vectors.notMask();
        with(node, kind, "and");
      }
      case SELECT -> {
        with(node, kind, "and");
        mask(node, 2, kind);
        mask(node, 0, kind);
        vectors.masks("andNot").masks("or");
      }
      default -> throw new IllegalStateException("no operation of masks " + node.op());
    }
    return kind;
  }

  private void with(Expr node, Kind kind, String name) {
    mask(node, 1, kind);
    vectors.masks(name);
  }

  private void test(Expr node, Kind kind) {
    push(node, 0);
    switch (node.op()) {
      case ISNAN -> {
        vectors.comparison("NE");
        push(node, 0);
        vectors.compare(kind);
      }
      case ISINF ->
          vectors.unary(kind, "ABS").compare(kind, "EQ", Double.POSITIVE_INFINITY);
      case ISFINITE ->
          vectors.unary(kind, "ABS").compare(kind, "LT", Double.POSITIVE_INFINITY);
      default -> {
        vectors.comparison(node.op().name());
        push(node, 1);
        vectors.compare(kind);
      }
    }
  }

  // ---- numbers ----

  private void sign(Expr node, Kind kind) {
    vectors.broadcast(kind, 0);
    vectors.broadcast(kind, 1);
    push(node, 0);
    vectors.compare(kind, "GT", 0).blend(kind);
    vectors.broadcast(kind, -1);
    push(node, 0);
    vectors.compare(kind, "LT", 0).blend(kind);
  }

  /** The smaller or larger, and where one is NaN the other. */
  private void numberWins(Expr node, Kind kind) {
    binary(node, kind, node.op() == ExprOp.FMIN ? "MIN" : "MAX");
    if (kind.floating()) {
      for (int i = 0; i < 2; i++) {
        push(node, i);
        push(node, 1 - i);
        vectors.comparison("NE");
        push(node, 1 - i);
        vectors.compare(kind).blend(kind);
      }
    }
  }

  private void reciprocalRoot(Expr node, Kind kind) {
    vectors.broadcast(Kind.DOUBLE, 1).operation("DIV");
    push(node, 0);
    if (kind == Kind.FLOAT) {
      vectors.convert(Kind.FLOAT, Kind.DOUBLE);
    }
    vectors.unary(Kind.DOUBLE, "SQRT").binary(Kind.DOUBLE);
    if (kind == Kind.FLOAT) {
      vectors.convert(Kind.DOUBLE, Kind.FLOAT);
    }
  }

  private void copySign(Expr node, Kind kind) {
    Kind bits = kind.bits();
    push(node, 0);
    vectors.unary(kind, "ABS").reinterpret(kind, bits).operation("OR");
    // A NaN's sign counts as positive.
    push(node, 1);
    vectors.reinterpret(kind, bits).binary(bits, "AND", signBit(kind));
    vectors.broadcast(bits, 0);
    push(node, 1);
    vectors.comparison("NE");
    push(node, 1);
    vectors.compare(kind).castMask(kind, bits).blend(bits);
    vectors.binary(bits).reinterpret(bits, kind);
  }

  private static Number signBit(Kind kind) {
    return kind == Kind.FLOAT ? (Number) Integer.MIN_VALUE : (Number) Long.MIN_VALUE;
  }

  /**
   * Rounds to an integer.
   *
   * <p>Below 2^p, where p is the number of fraction bits, adding and subtracting 2^p rounds the
   * magnitude to the nearest integer, ties to even; from there on everything is an integer. The
   * other directions correct by one where that was the wrong way. The sign is the operand's, also
   * of a zero.
   */
  private void round(Expr node, Kind kind) {
    Kind bits = kind.bits();
    double power = kind == Kind.FLOAT ? 0x1p23 : 0x1p52;
    int nearest = method.newSlot(false);
    int magnitude = method.newSlot(false);
    push(node, 0);
    vectors.unary(kind, "ABS");
    code.dup().astore(magnitude);
    vectors.binary(kind, "ADD", power).binary(kind, "SUB", power);
    if (node.op() == ExprOp.FLOOR || node.op() == ExprOp.CEIL) {
      withSign(node, kind);
    }
    code.astore(nearest).aload(nearest);
    switch (node.op()) {
      case FLOOR -> correct(node, kind, nearest, "SUB", "GT", -1);
      case CEIL -> correct(node, kind, nearest, "ADD", "LT", -1);
      case TRUNC -> correct(node, kind, nearest, "SUB", "GT", magnitude);
      default -> {}
    }
    withSign(node, kind);
    push(node, 0);
    code.aload(magnitude);
    vectors.compare(kind, "LT", power).notMask().blend(kind);
    method.release(nearest, false);
    method.release(magnitude, false);
  }

  /** Moves the vector on the stack by one where it lies on the wrong side of what was rounded. */
  private void correct(
      Expr node, Kind kind, int nearest, String by, String comparison, int rounded) {
    code.aload(nearest);
    vectors.binary(kind, by, 1);
    code.aload(nearest);
    vectors.comparison(comparison);
    if (rounded < 0) {
      push(node, 0);
    } else {
      code.aload(rounded);
    }
    vectors.compare(kind).blend(kind);
  }

  /** Gives the vector on the stack the signs of the operand. */
  private void withSign(Expr node, Kind kind) {
    Kind bits = kind.bits();
    vectors.unary(kind, "ABS").reinterpret(kind, bits).operation("OR");
    push(node, 0);
    vectors.reinterpret(kind, bits).binary(bits, "AND", signBit(kind));
    vectors.binary(bits).reinterpret(bits, kind);
  }

  /** Shifts; a count is out of range just if a bit above the width's is set. */
  private void shift(Expr node, Kind kind) {
    boolean left = node.op() == ExprOp.SHL;
    int width = 8 * node.type().bytes();
    String name = left ? "LSHL" : "ASHR";
    Expr count = node.operand(1);
    if (count.isLiteral()) {
      long n = count.longValue();
      boolean inside = n >= 0 && n < width;
      if (left && !inside) {
        vectors.broadcast(kind, 0);
      } else {
        push(node, 0);
        vectors.binary(kind, name, inside ? n : 8 * kind.bytes - 1);
      }
      return;
    }
    binary(node, kind, name);
    if (left) {
      vectors.broadcast(kind, 0);
    } else {
      push(node, 0);
      vectors.binary(kind, name, 8 * kind.bytes - 1);
    }
    push(node, 1);
    vectors.binary(kind, "AND", -width).compare(kind, "NE", 0).blend(kind);
  }
}
