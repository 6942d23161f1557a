package fluxion.backend.cpu.codegen;

import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;

import fluxion.api.DType;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.ExprOp;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.function.Consumer;

/**
 * Writes what a node computes of one element, as Java would.
 *
 * <p>Float32 operations are done in float: for + − × ÷ √ that is what computing in double and
 * rounding gives, too. Others are computed in double and rounded.
 */
final class ScalarOperations {
  private static final MethodTypeDesc DOUBLE_1 = MethodTypeDesc.of(CD_double, CD_double);
  private static final MethodTypeDesc DOUBLE_2 = MethodTypeDesc.of(CD_double, CD_double, CD_double);

  private final CodeBuilder code;
  private final Consumer<Expr> push;
  private final ScalarCasts casts;

  /**
   * Writes operations.
   *
   * @param code where to
   * @param push writes what pushes an operand
   */
  ScalarOperations(CodeBuilder code, Consumer<Expr> push) {
    this.code = code;
    this.push = push;
    this.casts = new ScalarCasts(code);
  }

  /** Leaves what a node computes on the stack. */
  void compute(Expr node) {
    switch (node.op()) {
      case CAST -> {
        push.accept(node.operand(0));
        casts.cast(node.operand(0).type(), node.type());
      }
      case SELECT -> select(node);
      case BITS, FROM_BITS -> {
        pushAll(node);
        reinterpret(Kind.of(node.operand(0).type()));
      }
      default -> {
        if (node.op().isPredicate()) {
          test(node);
        } else if (node.type().isFloatingPoint()) {
          floating(node);
        } else {
          integral(node);
          casts.wrap(node.type());
        }
      }
    }
  }

  private void pushAll(Expr node) {
    node.operands().forEach(push);
  }

  private void select(Expr node) {
    Label other = code.newLabel();
    Label end = code.newLabel();
    push.accept(node.operand(0));
    code.ifeq(other);
    push.accept(node.operand(1));
    code.goto_(end).labelBinding(other);
    push.accept(node.operand(2));
    code.labelBinding(end);
  }

  private void reinterpret(Kind from) {
    switch (from) {
      case INT -> call(Names.FLOAT, "intBitsToFloat", CD_int, CD_float);
      case LONG -> call(Names.DOUBLE, "longBitsToDouble", CD_long, CD_double);
      case FLOAT -> call(Names.FLOAT, "floatToRawIntBits", CD_float, CD_int);
      case DOUBLE -> call(Names.DOUBLE, "doubleToRawLongBits", CD_double, CD_long);
    }
  }

  private void call(ClassDesc owner, String name, ClassDesc from, ClassDesc to) {
    code.invokestatic(owner, name, MethodTypeDesc.of(to, from));
  }

  // ---- truth values ----

  private void test(Expr node) {
    pushAll(node);
    compare(node.op(), Kind.of(node.operand(0).type()));
  }

  private void compare(ExprOp op, Kind kind) {
    // A comparison with NaN must give the side on which the test fails.
    boolean less = op == ExprOp.LT || op == ExprOp.LE;
    switch (kind) {
      case INT -> {
        branch(
            switch (op) {
              case EQ -> Opcode.IF_ICMPEQ;
              case NE -> Opcode.IF_ICMPNE;
              case LT -> Opcode.IF_ICMPLT;
              case LE -> Opcode.IF_ICMPLE;
              case GT -> Opcode.IF_ICMPGT;
              default -> Opcode.IF_ICMPGE;
            });
        return;
      }
      case LONG -> code.lcmp();
      case FLOAT -> {
        if (less) {
          code.fcmpg();
        } else {
          code.fcmpl();
        }
      }
      case DOUBLE -> {
        if (less) {
          code.dcmpg();
        } else {
          code.dcmpl();
        }
      }
    }
    branch(
        switch (op) {
          case EQ -> Opcode.IFEQ;
          case NE -> Opcode.IFNE;
          case LT -> Opcode.IFLT;
          case LE -> Opcode.IFLE;
          case GT -> Opcode.IFGT;
          default -> Opcode.IFGE;
        });
  }

  /** Pushes 1 if a branch is taken, else 0. */
  private void branch(Opcode opcode) {
    Label taken = code.newLabel();
    Label end = code.newLabel();
    code.branch(opcode, taken);
    code.iconst_0().goto_(end).labelBinding(taken).iconst_1().labelBinding(end);
  }

  // ---- floats ----

  private void floating(Expr node) {
    boolean single = node.type() == DType.FLOAT32;
    ClassDesc number = single ? CD_float : CD_double;
    switch (node.op()) {
      case ADD, SUB, MUL, DIV, FMOD -> {
        pushAll(node);
        arithmetic(node.op(), single);
      }
      case NEG -> {
        pushAll(node);
        if (single) {
          code.fneg();
        } else {
          code.dneg();
        }
      }
      case ABS -> call(node, Names.MATH, "abs", MethodTypeDesc.of(number, number));
      case MIN, MAX ->
          call(node, Names.MATH, node.op().shortName(), MethodTypeDesc.of(number, number, number));
      case FMA -> call(node, Names.MATH, "fma", MethodTypeDesc.of(number, number, number, number));
      case SQRT -> inDouble(node, Names.MATH, "sqrt", DOUBLE_1);
      case POLYGAMMA -> {
        code.loadConstant(node.number());
        MethodTypeDesc type = MethodTypeDesc.of(CD_double, CD_int, CD_double);
        inDouble(node, Names.SCALAR_MATH, node.op().shortName(), type);
      }
      default ->
          inDouble(
              node,
              Names.SCALAR_MATH,
              node.op().shortName(),
              node.op().arity() == 1 ? DOUBLE_1 : DOUBLE_2);
    }
  }

  private void arithmetic(ExprOp op, boolean single) {
    code.with(
        OperatorInstruction.of(
            switch (op) {
              case ADD -> single ? Opcode.FADD : Opcode.DADD;
              case SUB -> single ? Opcode.FSUB : Opcode.DSUB;
              case MUL -> single ? Opcode.FMUL : Opcode.DMUL;
              case DIV -> single ? Opcode.FDIV : Opcode.DDIV;
              default -> single ? Opcode.FREM : Opcode.DREM;
            }));
  }

  private void call(Expr node, ClassDesc owner, String name, MethodTypeDesc type) {
    pushAll(node);
    code.invokestatic(owner, name, type);
  }

  /** Calls a function of doubles and rounds what it returns. */
  private void inDouble(Expr node, ClassDesc owner, String name, MethodTypeDesc type) {
    for (Expr operand : node.operands()) {
      push.accept(operand);
      casts.cast(node.type(), DType.FLOAT64);
    }
    code.invokestatic(owner, name, type);
    casts.cast(DType.FLOAT64, node.type());
  }

  // ---- integers and truth values, before they are wrapped ----

  private void integral(Expr node) {
    boolean wide = Kind.of(node.type()) == Kind.LONG;
    ClassDesc number = wide ? CD_long : CD_int;
    switch (node.op()) {
      case DIV -> divide(node, () -> operator(wide, Opcode.IDIV, Opcode.LDIV));
      case FMOD -> divide(node, () -> operator(wide, Opcode.IREM, Opcode.LREM));
      case REMAINDER, POW -> inLong(node);
      case MIN -> call(node, Names.MATH, "min", MethodTypeDesc.of(number, number, number));
      case MAX -> call(node, Names.MATH, "max", MethodTypeDesc.of(number, number, number));
      case ABS -> call(node, Names.MATH, "abs", MethodTypeDesc.of(number, number));
      case SHL, SHR -> shift(node, wide);
      case NOT -> {
        pushAll(node);
        if (wide) {
          code.loadConstant(-1L).lxor();
        } else {
          code.iconst_m1().ixor();
        }
      }
      default -> {
        pushAll(node);
        switch (node.op()) {
          case ADD -> operator(wide, Opcode.IADD, Opcode.LADD);
          case SUB -> operator(wide, Opcode.ISUB, Opcode.LSUB);
          case MUL -> operator(wide, Opcode.IMUL, Opcode.LMUL);
          case NEG -> operator(wide, Opcode.INEG, Opcode.LNEG);
          case AND -> operator(wide, Opcode.IAND, Opcode.LAND);
          case OR -> operator(wide, Opcode.IOR, Opcode.LOR);
          case XOR -> operator(wide, Opcode.IXOR, Opcode.LXOR);
          default -> throw new IllegalStateException("no integer operation " + node.op());
        }
      }
    }
  }

  private void operator(boolean wide, Opcode narrowOp, Opcode wideOp) {
    code.with(OperatorInstruction.of(wide ? wideOp : narrowOp));
  }

  /** Writes 0 where the divisor is 0, else a division. */
  private void divide(Expr node, Runnable division) {
    boolean wide = Kind.of(node.type()) == Kind.LONG;
    Label zero = code.newLabel();
    Label end = code.newLabel();
    push.accept(node.operand(1));
    if (wide) {
      code.lconst_0().lcmp();
    }
    code.ifeq(zero);
    pushAll(node);
    division.run();
    code.goto_(end).labelBinding(zero);
    if (wide) {
      code.lconst_0();
    } else {
      code.iconst_0();
    }
    code.labelBinding(end);
  }

  private void inLong(Expr node) {
    for (Expr operand : node.operands()) {
      push.accept(operand);
      casts.cast(node.type(), DType.INT64);
    }
    MethodTypeDesc type = MethodTypeDesc.of(CD_long, CD_long, CD_long);
    code.invokestatic(Names.SCALAR_MATH, node.op().shortName(), type);
    casts.cast(DType.INT64, node.type());
  }

  /** A count is out of range just if a bit above the width's is set. */
  private void shift(Expr node, boolean wide) {
    int width = 8 * node.type().bytes();
    Label outside = code.newLabel();
    Label end = code.newLabel();
    push.accept(node.operand(1));
    if (wide) {
      code.loadConstant((long) -width).land().lconst_0().lcmp();
    } else {
      code.loadConstant(-width).iand();
    }
    code.ifne(outside);
    pushAll(node);
    if (wide) {
      code.l2i();
    }
    if (node.op() == ExprOp.SHL) {
      operator(wide, Opcode.ISHL, Opcode.LSHL);
    } else {
      operator(wide, Opcode.ISHR, Opcode.LSHR);
    }
    code.goto_(end).labelBinding(outside);
    if (node.op() == ExprOp.SHR) {
      push.accept(node.operand(0));
      code.loadConstant(wide ? 63 : 31);
      operator(wide, Opcode.ISHR, Opcode.LSHR);
    } else if (wide) {
      code.lconst_0();
    } else {
      code.iconst_0();
    }
    code.labelBinding(end);
  }
}
