package fluxion.backend.gpu.codegen;

import fluxion.api.DType;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.ExprOp;
import fluxion.engine.spi.Kernel;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The statements of a lowered kernel for one element: each node is a constant, in order. */
final class Body {
  private final StringBuilder text = new StringBuilder();
  private final Map<Expr, String> registers = new HashMap<>();
  private final Kernel kernel;

  /**
   * Writes the statements.
   *
   * @param kernel a lowered kernel
   * @param prefix begins the names of registers
   * @param indent begins each line
   * @param leaf the text of an input, runtime scalar or index
   * @param parts takes the parts that are needed
   */
  Body(
      Kernel kernel, String prefix, String indent, Function<Expr, String> leaf, Set<String> parts) {
    this.kernel = kernel;
    int count = 0;
    // what is read is read first: an output may be an input
    for (Expr node : kernel.nodes()) {
      if (node.arity() == 0 && !node.isLiteral()) {
        registers.put(node, declare(prefix + count++, indent, node.type(), leaf.apply(node)));
      }
    }
    for (Expr node : kernel.nodes()) {
      if (node.isLiteral()) {
        registers.put(node, "(" + Literals.text(node) + ")");
      } else if (node.arity() > 0) {
        String[] operands = new String[node.arity()];
        for (int i = 0; i < operands.length; i++) {
          operands[i] = register(node.operand(i));
        }
        String value = Operations.text(node, operands, parts);
        registers.put(node, declare(prefix + count++, indent, node.type(), value));
      }
    }
  }

  private String declare(String name, String indent, DType type, String value) {
    text.append(indent)
        .append("const ")
        .append(CTypes.register(type))
        .append(' ')
        .append(name)
        .append(" = ")
        .append(value)
        .append(";\n");
    return name;
  }

  private String register(Expr node) {
    String register = registers.get(node);
    if (register == null) {
      throw new IllegalStateException("no register for " + node.op());
    }
    return register;
  }

  /** {@return the statements} */
  String text() {
    return text.toString();
  }

  /** {@return the register of an output} */
  String output(int i) {
    return register(kernel.output(i));
  }

  /** {@return the largest order of a polygamma in a kernel, or 0} */
  static int mostOrder(Kernel kernel) {
    int most = 0;
    for (Expr node : kernel.nodes()) {
      if (node.op() == ExprOp.POLYGAMMA) {
        most = Math.max(most, node.number());
      }
    }
    return most;
  }
}
