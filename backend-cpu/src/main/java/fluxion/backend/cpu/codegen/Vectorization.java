package fluxion.backend.cpu.codegen;

import fluxion.api.DType;
import fluxion.backend.cpu.kernel.ColumnStep;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;

/** Which parts of a kernel vectors of a number of lanes can compute. */
final class Vectorization {
  private final Kernel kernel;
  private final ColumnStep[] steps;
  private final Lanes lanes;

  /** Asks about a kernel at the number of lanes that its dtypes call for. */
  Vectorization(Kernel kernel, ColumnStep[] steps) {
    this.kernel = kernel;
    this.steps = steps;
    boolean wide = false;
    for (Expr node : kernel.nodes()) {
      wide |= Kind.of(node.type()).bytes == 8;
    }
    this.lanes = wide ? Lanes.ofWide() : Lanes.ofNarrow();
  }

  Lanes lanes() {
    return lanes;
  }

  /** {@return whether a node can be computed, or an input loaded} */
  boolean takes(Expr node) {
    if (lanes.count() == 0) {
      return false;
    }
    return switch (node.op()) {
      case LITERAL, SCALAR -> true;
      case INPUT -> {
        ColumnStep step = steps[kernel.outputs().size() + node.number()];
        yield step == ColumnStep.ZERO
            ? has(node.type())
            : step == ColumnStep.UNIT && stores(node.type());
      }
      default -> {
        boolean all = has(node.type());
        for (int i = 0; i < node.arity(); i++) {
          all &= has(node.operand(i).type());
        }
        yield all && computes(node);
      }
    };
  }

  /** {@return whether an output can be stored} */
  boolean takesOutput(int output) {
    return lanes.count() > 0
        && steps[output] == ColumnStep.UNIT
        && stores(kernel.output(output).type());
  }

  private boolean has(DType type) {
    return type == DType.BOOL || lanes.has(Kind.of(type));
  }

  private boolean stores(DType type) {
    return switch (type.bytes()) {
      case 1 -> lanes.bytes() && lanes.has(Kind.INT);
      case 2 -> lanes.shorts() && lanes.has(Kind.INT);
      default -> has(type);
    };
  }

  private boolean computes(Expr node) {
    return switch (node.op()) {
      case ADD, SUB, MUL, MIN, MAX, NEG, ABS, FMA, SQRT -> true;
      case EQ, NE, LT, LE, GT, GE -> true;
      case AND, OR, XOR, NOT, SHL, SHR, SELECT, BITS, FROM_BITS -> true;
      case DIV -> node.type().isFloatingPoint();
      case CAST -> casts(node.operand(0).type(), node.type());
      default -> false;
    };
  }

  private boolean casts(DType from, DType to) {
    if (from == DType.BOOL || to == DType.BOOL) {
      return from != to && !isHalf(from) && !isHalf(to);
    }
    if (isHalf(from) || isHalf(to)) {
      // Two roundings are not one: the wider dtypes take the careful scalar way.
      return isHalf(from) ? to.isFloatingPoint() && !isHalf(to) : from == DType.FLOAT32;
    }
    // To narrower integers float64 goes through int64; float32 has a way of its own.
    boolean longs =
        from == DType.INT64
            ? to.isFloatingPoint()
            : from == DType.FLOAT64 ? to.isIntegral() : from == DType.FLOAT32 && to == DType.INT64;
    return !longs || lanes.castsLongs();
  }

  private static boolean isHalf(DType type) {
    return type.computeType() != type;
  }
}
