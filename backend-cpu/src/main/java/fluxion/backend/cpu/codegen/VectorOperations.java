package fluxion.backend.cpu.codegen;

import fluxion.api.DType;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.ExprOp;
import java.lang.classfile.CodeBuilder;

/**
 * Writes what a node computes of a vector of elements: the bits that {@link ScalarOperations} gives
 * for each.
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
      case BITS, FROM_BITS -> {
        push(node, 0);
        vectors.reinterpret(Kind.of(node.operand(0).type()), kind);
      }
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
    vectors.comparison(node.op().name());
    push(node, 1);
    vectors.compare(kind);
  }

  // ---- numbers ----

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
