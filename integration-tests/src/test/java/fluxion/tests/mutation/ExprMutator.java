package fluxion.tests.mutation;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.ExprOp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Small changes of a formula: another operator, operands exchanged or replaced, another constant, a
 * term or a function left out.
 *
 * <p>A change is named by the place of its node, counted in the order of evaluation, and by what is
 * done there, so that it can be found again in the same formula at another dtype. What comes out as
 * an expression that there was already is no change and is left out.
 */
final class ExprMutator {
  /** The kinds of change. */
  enum Kind {
    OPERATOR,
    OPERAND,
    CONSTANT,
    DROPPED
  }

  /**
   * One change.
   *
   * @param place the node's number in the order of evaluation
   * @param kind what kind of change
   * @param words what is done, such as {@code add to sub}
   */
  record Change(int place, Kind kind, String words) {
    @Override
    public String toString() {
      return "node " + place + ": " + words;
    }
  }

  private final Expr root;
  private final List<Expr> nodes;
  private final Map<Change, Expr> mutants = new LinkedHashMap<>();
  private final Set<Expr> seen = new LinkedHashSet<>();

  private ExprMutator(Expr root) {
    this.root = root;
    Set<Expr> order = new LinkedHashSet<>();
    visit(root, order);
    nodes = List.copyOf(order);
    seen.add(root);
  }

  /** All nodes below one and itself, each after its operands. */
  static void visit(Expr node, Set<Expr> order) {
    if (!order.contains(node)) {
      node.operands().forEach(operand -> visit(operand, order));
      order.add(node);
    }
  }

  /** The changed formulas, all different. */
  static Map<Change, Expr> mutants(Expr root) {
    ExprMutator mutator = new ExprMutator(root);
    for (int place = 0; place < mutator.nodes.size(); place++) {
      mutator.change(place);
    }
    return mutator.mutants;
  }

  private void change(int place) {
    Expr node = nodes.get(place);
    List<Expr> operands = node.operands();
    for (ExprOp sibling : Siblings.of(node.op())) {
      String words = node.op().shortName() + " to " + sibling.shortName();
      attempt(place, Kind.OPERATOR, words, () -> Siblings.make(sibling, operands));
    }
    switch (node.op()) {
      case SUB, DIV, FMOD, REMAINDER, POW, ATAN2, XLOGY, COPYSIGN, SHL, SHR ->
          attempt(
              place,
              Kind.OPERAND,
              "operands of " + node.op().shortName() + " exchanged",
              () -> node.with(operands.get(1), operands.get(0)));
      case SELECT ->
          attempt(
              place,
              Kind.OPERAND,
              "branches exchanged",
              () -> node.with(operands.get(0), operands.get(2), operands.get(1)));
      default -> {}
    }
    if (node.op() != ExprOp.CAST) {
      for (int i = 0; i < operands.size(); i++) {
        Expr operand = operands.get(i);
        if (operand.type() == node.type()) {
          attempt(
              place, Kind.DROPPED, node.op().shortName() + " to its operand " + i, () -> operand);
        }
      }
    }
    for (int i = 0; i < operands.size(); i++) {
      changeOperand(place, i);
    }
    if (place == nodes.size() - 1 && node.isLiteral()) {
      constants(node).forEach((words, by) -> attempt(place, Kind.CONSTANT, words, () -> by));
    }
  }

  /** Changes a leaf below one node; other nodes that mention it keep it. */
  private void changeOperand(int place, int i) {
    Expr node = nodes.get(place);
    Expr operand = node.operand(i);
    String where = "operand " + i + " of " + node.op().shortName() + ": ";
    if (operand.isLiteral()) {
      constants(operand)
          .forEach(
              (words, by) -> attempt(place, Kind.CONSTANT, where + words, () -> with(node, i, by)));
    } else if (operand.arity() == 0) {
      for (Expr other : nodes) {
        if (other.arity() == 0
            && !other.isLiteral()
            && other != operand
            && other.type() == operand.type()) {
          attempt(
              place, Kind.OPERAND, where + operand + " to " + other, () -> with(node, i, other));
        }
      }
    }
  }

  private static Expr with(Expr node, int i, Expr by) {
    List<Expr> operands = new ArrayList<>(node.operands());
    operands.set(i, by);
    return node.with(operands.toArray(new Expr[0]));
  }

  private static Map<String, Expr> constants(Expr literal) {
    Map<String, Expr> found = new LinkedHashMap<>();
    DType type = literal.type();
    if (type == DType.BOOL) {
      found.put("constant negated", Expr.literal(literal.longValue() == 0));
    } else if (type.isFloatingPoint()) {
      double value = literal.doubleValue();
      found.put("constant plus 1", Expr.literal(type, value + 1));
      if (value != 0) {
        found.put("constant negated", Expr.literal(type, -value));
      }
      if (!Double.isFinite(value)) {
        found.put("constant to 1", Expr.literal(type, 1.0));
      }
    } else {
      found.put("constant plus 1", Expr.literal(type, literal.longValue() + 1));
      found.put("constant negated", Expr.literal(type, -literal.longValue()));
    }
    return found;
  }

  private interface Maker {
    Expr make();
  }

  private void attempt(int place, Kind kind, String words, Maker maker) {
    try {
      Expr mutant = root.replace(nodes.get(place), maker.make());
      if (mutant.type() == root.type() && seen.add(mutant)) {
        mutants.put(new Change(place, kind, words), mutant);
      }
    } catch (DTypeException | ArgumentException e) {
      // the sibling does not take this dtype: there is no such formula
    }
  }
}
