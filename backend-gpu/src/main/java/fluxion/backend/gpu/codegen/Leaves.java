package fluxion.backend.gpu.codegen;

import fluxion.api.DType;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.ExprOp;
import fluxion.engine.spi.Kernel;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * What kernels read from outside: the inputs that some output mentions, runtime scalars and
 * indices, each once and in a fixed order.
 *
 * @param inputs the numbers of the inputs, ascending
 * @param types their dtypes
 * @param scalars the scalars' nodes
 * @param indices the dimensions whose index is read, ascending
 */
public record Leaves(
    List<Integer> inputs, List<DType> types, List<Expr> scalars, List<Integer> indices) {

  /**
   * {@return the leaves of some kernels}
   *
   * @param inputsOf the kernel whose inputs they are
   * @param others further ones, which share scalars and indices
   */
  public static Leaves of(Kernel inputsOf, Kernel... others) {
    List<Integer> inputs = new ArrayList<>();
    List<DType> types = new ArrayList<>();
    for (int i = 0; i < inputsOf.inputCount(); i++) {
      DType type = inputsOf.inputType(i);
      if (type != null) {
        inputs.add(i);
        types.add(type);
      }
    }
    List<Expr> scalars = new ArrayList<>();
    TreeSet<Integer> indices = new TreeSet<>();
    add(inputsOf, scalars, indices);
    for (Kernel other : others) {
      add(other, scalars, indices);
    }
    return new Leaves(inputs, types, scalars, List.copyOf(indices));
  }

  private static void add(Kernel kernel, List<Expr> scalars, TreeSet<Integer> indices) {
    for (Expr node : kernel.nodes()) {
      if (node.op() == ExprOp.SCALAR && !scalars.contains(node)) {
        scalars.add(node);
      } else if (node.op() == ExprOp.INDEX) {
        indices.add(node.number());
      }
    }
  }

  /** The parameters that are runtime scalars. */
  String scalarParameters() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < scalars.size(); i++) {
      text.append(", const ").append(CTypes.register(scalars.get(i).type())).append(" s").append(i);
    }
    return text.toString();
  }

  /** The name of a runtime scalar's parameter. */
  String scalar(Expr node) {
    return "s" + scalars.indexOf(node);
  }
}
