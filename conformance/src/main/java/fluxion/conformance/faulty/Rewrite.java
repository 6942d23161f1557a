package fluxion.conformance.faulty;

import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Reduction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Kernels with some operations exchanged for wrong ones. */
final class Rewrite {
  private Rewrite() {}

  /** A kernel each of whose nodes went through a map, operands first. */
  static Kernel of(Kernel kernel, UnaryOperator<Expr> map) {
    Map<Expr, Expr> changed = new HashMap<>();
    for (Expr node : kernel.nodes()) {
      Expr[] operands = new Expr[node.arity()];
      for (int i = 0; i < operands.length; i++) {
        operands[i] = changed.getOrDefault(node.operand(i), node.operand(i));
      }
      changed.put(node, map.apply(node.arity() == 0 ? node : node.with(operands)));
    }
    List<Expr> outputs = new ArrayList<>();
    for (Expr output : kernel.outputs()) {
      outputs.add(changed.getOrDefault(output, output));
    }
    return Kernel.of(outputs);
  }

  /** A reduction with another map before it folds. */
  static Reduction before(Reduction reduction, UnaryOperator<Expr> map) {
    return new Reduction(
        reduction.kind(), of(reduction.before(), map), reduction.accumulator(), reduction.after());
  }
}
