package fluxion.conformance.reference;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.ExprOp;
import fluxion.engine.spi.Kernel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Computes a kernel, as it was written, for one element after another: node by node, each rounded
 * to its dtype. For one thread.
 */
final class Interpreter {
  private final Expr[] nodes;
  private final int[][] operands;
  private final long[] values;
  private final int[] outputs;

  /**
   * Makes an interpreter.
   *
   * @param kernel what is computed
   * @param scalars the runtime scalars
   */
  Interpreter(Kernel kernel, Scalar[] scalars) {
    List<Expr> all = kernel.nodes();
    this.nodes = all.toArray(new Expr[0]);
    this.operands = new int[nodes.length][];
    this.values = new long[nodes.length];
    this.outputs = new int[kernel.outputs().size()];
    Map<Expr, Integer> places = new HashMap<>();
    for (int i = 0; i < nodes.length; i++) {
      Expr node = nodes[i];
      places.put(node, i);
      operands[i] = node.operands().stream().mapToInt(places::get).toArray();
      if (node.op() == ExprOp.LITERAL) {
        values[i] =
            node.type().isFloatingPoint() ? Element.of(node.doubleValue()) : node.longValue();
      } else if (node.op() == ExprOp.SCALAR) {
        values[i] = Element.of(scalars[node.number()], node.type());
      }
    }
    for (int o = 0; o < outputs.length; o++) {
      outputs[o] = all.indexOf(kernel.output(o));
    }
  }

  /**
   * {@return the outputs for one element, in the form of {@link Element}}
   *
   * @param inputs the inputs' elements
   * @param index the element's index
   */
  long[] run(long[] inputs, long[] index) {
    for (int i = 0; i < nodes.length; i++) {
      Expr node = nodes[i];
      switch (node.op()) {
        case LITERAL, SCALAR -> {
          // the same for all elements
        }
        case INPUT -> values[i] = inputs[node.number()];
        case INDEX -> values[i] = index[node.number()];
        default -> values[i] = compute(node, operands[i]);
      }
    }
    long[] results = new long[outputs.length];
    for (int o = 0; o < results.length; o++) {
      results[o] = values[outputs[o]];
    }
    return results;
  }

  private long compute(Expr node, int[] from) {
    ExprOp op = node.op();
    DType type = node.type();
    DType operand = node.operand(0).type();
    long a = values[from[0]];
    long b = from.length > 1 ? values[from[1]] : 0;
    long c = from.length > 2 ? values[from[2]] : 0;
    if (op == ExprOp.SELECT) {
      return a != 0 ? b : c;
    }
    if (op == ExprOp.CAST) {
      return Element.cast(a, operand, type);
    }
    if (op == ExprOp.FROM_BITS) {
      return type == DType.FLOAT64 ? a : Element.of(Float.intBitsToFloat((int) a));
    }
    if (!operand.isFloatingPoint()) {
      return op.isPredicate()
          ? IntegerOperations.compare(op, a, b)
          : IntegerOperations.compute(op, type, a, b);
    }
    double x = Element.toDouble(a);
    double y = Element.toDouble(b);
    if (op == ExprOp.BITS) {
      return operand == DType.FLOAT64 ? a : Float.floatToRawIntBits((float) x);
    }
    if (op.isPredicate()) {
      return FloatOperations.test(op, x, y) ? 1 : 0;
    }
    int order = op == ExprOp.POLYGAMMA ? node.number() : 0;
    return Element.of(FloatOperations.compute(op, order, type, x, y, Element.toDouble(c)));
  }
}
