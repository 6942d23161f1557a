package fluxion.backend.cpu.interpret;

import fluxion.api.DType;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.ExprOp;
import fluxion.engine.spi.ScalarMath;
import org.jspecify.annotations.Nullable;

/** One node's work on a block: an operation on numbered registers. */
final class Step {
  /** Which family of loops computes an operation. */
  private enum Form {
    FLOAT,
    DOUBLE,
    INT,
    LONG,
    FLOAT_TEST,
    DOUBLE_TEST,
    INT_TEST,
    LONG_TEST,
    SELECT,
    CAST,
    BITS,
    FUNCTION
  }

  private final Form form;
  private final ExprOp op;
  private final DType type;
  private final int number;
  private final int target;
  private final int a;
  private final int b;
  private final int c;

  /**
   * Makes a step.
   *
   * @param node the node, not a leaf
   * @param target the register of the result, which may be an operand's
   * @param sources the registers of the node's operands
   */
  Step(Expr node, int target, int[] sources) {
    this.op = node.op();
    this.type = node.type();
    this.number = op == ExprOp.POLYGAMMA ? node.number() : 0;
    this.form = form(op, RegisterKind.of(type), RegisterKind.of(node.operand(0).type()));
    this.target = target;
    this.a = sources[0];
    this.b = sources.length > 1 ? sources[1] : a;
    this.c = sources.length > 2 ? sources[2] : a;
  }

  private static Form form(ExprOp op, RegisterKind kind, RegisterKind from) {
    return switch (op) {
      case CAST -> Form.CAST;
      case BITS, FROM_BITS -> Form.BITS;
      case SELECT -> Form.SELECT;
      case EQ, NE, LT, LE, GT, GE ->
          switch (from) {
            case FLOAT -> Form.FLOAT_TEST;
            case DOUBLE -> Form.DOUBLE_TEST;
            case INT -> Form.INT_TEST;
            case LONG -> Form.LONG_TEST;
          };
      default ->
          switch (kind) {
            case FLOAT -> ScalarMath.provides(op) ? Form.FUNCTION : Form.FLOAT;
            case DOUBLE -> ScalarMath.provides(op) ? Form.FUNCTION : Form.DOUBLE;
            case INT -> Form.INT;
            case LONG -> Form.LONG;
          };
    };
  }

  /**
   * Computes elements {@code from … to − 1} of the result.
   *
   * @param own the registers
   * @param operands the operands' arrays
   * @param direct a bit for each operand that is used where it lies
   * @param from the first index
   * @param to the index behind the last
   */
  void run(Registers own, @Nullable Object[] operands, long direct, int from, int to) {
    Object r = own.get(target, operands, direct);
    Object x = own.get(a, operands, direct);
    Object y = own.get(b, operands, direct);
    switch (form) {
      case FLOAT -> {
        float[] z = (float[]) own.get(c, operands, direct);
        FloatLoops.run(op, (float[]) r, (float[]) x, (float[]) y, z, from, to);
      }
      case DOUBLE -> {
        double[] z = (double[]) own.get(c, operands, direct);
        DoubleLoops.run(op, (double[]) r, (double[]) x, (double[]) y, z, from, to);
      }
      case INT -> {
        IntLoops.run(op, (int[]) r, (int[]) x, (int[]) y, from, to, 8 * type.bytes());
        if (type != DType.INT32) {
          CastLoops.wrap(type, (int[]) r, from, to);
        }
      }
      case LONG -> LongLoops.run(op, (long[]) r, (long[]) x, (long[]) y, from, to);
      case FLOAT_TEST -> FloatLoops.test(op, (int[]) r, (float[]) x, (float[]) y, from, to);
      case DOUBLE_TEST -> DoubleLoops.test(op, (int[]) r, (double[]) x, (double[]) y, from, to);
      case INT_TEST -> IntLoops.test(op, (int[]) r, (int[]) x, (int[]) y, from, to);
      case LONG_TEST -> LongLoops.test(op, (int[]) r, (long[]) x, (long[]) y, from, to);
      case SELECT -> select(r, (int[]) x, y, own.get(c, operands, direct), from, to);
      case CAST -> CastLoops.run(type, r, x, from, to);
      case BITS -> CastLoops.bits(r, x, from, to);
      case FUNCTION -> function(own, r, x, y, from, to);
    }
  }

  private static void select(Object r, int[] condition, Object x, Object y, int from, int to) {
    if (r instanceof float[] floats) {
      FloatLoops.select(floats, condition, (float[]) x, (float[]) y, from, to);
    } else if (r instanceof double[] doubles) {
      DoubleLoops.select(doubles, condition, (double[]) x, (double[]) y, from, to);
    } else if (r instanceof int[] ints) {
      IntLoops.select(ints, condition, (int[]) x, (int[]) y, from, to);
    } else {
      LongLoops.select((long[]) r, condition, (long[]) x, (long[]) y, from, to);
    }
  }

  /** A function that is computed in float64 whatever its dtype, then rounded. */
  private void function(Registers own, Object r, Object x, Object y, int from, int to) {
    if (r instanceof double[] result) {
      FunctionLoops.run(op, number, result, (double[]) x, (double[]) y, from, to);
      return;
    }
    double[] result = own.scratch(0);
    double[] left = own.scratch(1);
    double[] right = own.scratch(2);
    float[] floats = (float[]) r;
    // a launch without registers may be longer than a block
    for (int start = from; start < to; start += Registers.BLOCK) {
      int n = Math.min(Registers.BLOCK, to - start);
      widen((float[]) x, start, left, n);
      widen((float[]) y, start, right, n);
      FunctionLoops.run(op, number, result, left, right, 0, n);
      for (int i = 0; i < n; i++) {
        floats[start + i] = (float) result[i];
      }
    }
  }

  private static void widen(float[] from, int start, double[] to, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = from[start + i];
    }
  }
}
