package fluxion.engine.expr;

import fluxion.api.DType;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.ExprOp;

/**
 * One node's work on a block of elements, with register numbers for its operands.
 *
 * <p>A register is a {@code double[]} if its dtype is a float, else a {@code long[]}; the result's
 * may be an operand's. Constant folding runs the same code on a block of one, so folded and
 * computed values cannot differ.
 */
public final class Instruction {
  private static final double[] NO_FLOATS = {};
  private static final long[] NO_INTS = {};

  private final ExprOp op;
  private final DType type;
  private final DType from;
  private final FloatLoops floats;
  private final int target;
  private final int[] sources;

  /**
   * Makes an instruction.
   *
   * @param op the kind of node
   * @param type the node's dtype
   * @param from the dtype of its first operand
   * @param attribute the order of a polygamma
   * @param target the register of the result
   * @param sources the registers of the operands
   */
  public Instruction(
      ExprOp op, DType type, DType from, long attribute, int target, int... sources) {
    this.op = op;
    this.type = type;
    this.from = from;
    this.floats = FloatLoops.of(op, type, attribute);
    this.target = target;
    this.sources = sources.clone();
  }

  /**
   * Computes the first n elements.
   *
   * @param f the float registers by number
   * @param l the integer registers by number
   * @param n how many elements
   */
  public void run(double[][] f, long[][] l, int n) {
    int a = sources[0];
    int b = sources.length > 1 ? sources[1] : a;
    int c = sources.length > 2 ? sources[2] : a;
    boolean floating = type.isFloatingPoint();
    if (op == ExprOp.SELECT) {
      if (floating) {
        FloatLoops.select(f[target], l[a], f[b], f[c], n);
      } else {
        IntLoops.select(l[target], l[a], l[b], l[c], n);
      }
    } else if (op == ExprOp.CAST) {
      cast(f, l, a, n);
    } else if (op == ExprOp.BITS) {
      Conversions.bits(from, l[target], f[a], n);
    } else if (op == ExprOp.FROM_BITS) {
      Conversions.fromBits(type, f[target], l[a], n);
    } else if (floating) {
      floats.run(f[target], f[a], f[b], f[c], n);
    } else if (from.isFloatingPoint()) {
      FloatLoops.test(op, l[target], f[a], f[b], n);
    } else {
      IntLoops.run(op, type, l[target], l[a], l[b], n);
    }
  }

  private void cast(double[][] f, long[][] l, int a, int n) {
    if (type.isFloatingPoint()) {
      if (from.isFloatingPoint()) {
        Conversions.cast(type, f[target], f[a], n);
      } else {
        Conversions.cast(type, f[target], l[a], n);
      }
    } else if (from.isFloatingPoint()) {
      Conversions.cast(type, l[target], f[a], n);
    } else {
      Conversions.cast(type, l[target], l[a], n);
    }
  }

  /** Computes a node whose operands are all literals. */
  static Expr fold(ExprOp op, DType type, long attribute, Expr... operands) {
    int n = operands.length;
    double[][] f = new double[n + 1][];
    long[][] l = new long[n + 1][];
    int[] sources = new int[n];
    for (int i = 0; i <= n; i++) {
      DType t = i < n ? operands[i].type() : type;
      f[i] = t.isFloatingPoint() ? new double[1] : NO_FLOATS;
      l[i] = t.isFloatingPoint() ? NO_INTS : new long[1];
      if (i < n) {
        sources[i] = i;
        if (t.isFloatingPoint()) {
          f[i][0] = operands[i].doubleValue();
        } else {
          l[i][0] = operands[i].longValue();
        }
      }
    }
    new Instruction(op, type, operands[0].type(), attribute, n, sources).run(f, l, 1);
    return type.isFloatingPoint() ? Expr.literal(type, f[n][0]) : Expr.literal(type, l[n][0]);
  }
}
