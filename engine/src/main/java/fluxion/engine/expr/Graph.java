package fluxion.engine.expr;

import fluxion.engine.spi.Expr;
import fluxion.engine.spi.ExprOp;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Walks over shared expression graphs; none recurses, so depth is no limit. */
public final class Graph {
  private Graph() {}

  /**
   * {@return all nodes of some expressions, each once and after its operands}
   *
   * @param roots the expressions
   */
  public static List<Expr> topological(Collection<Expr> roots) {
    LinkedHashSet<Expr> done = new LinkedHashSet<>();
    HashSet<Expr> opened = new HashSet<>();
    ArrayDeque<Expr> stack = new ArrayDeque<>();
    for (Expr root : roots) {
      stack.push(root);
      while (!stack.isEmpty()) {
        Expr node = stack.element();
        if (done.contains(node)) {
          stack.pop();
        } else if (opened.add(node)) {
          for (int i = node.arity() - 1; i >= 0; i--) {
            if (!done.contains(node.operand(i))) {
              stack.push(node.operand(i));
            }
          }
        } else {
          stack.pop();
          done.add(node);
        }
      }
    }
    return new ArrayList<>(done);
  }

  /**
   * {@return an expression with one part replaced}
   *
   * @param root the expression
   * @param what the part
   * @param by what to put there
   */
  public static Expr replace(Expr root, Expr what, Expr by) {
    Map<Expr, Expr> changed = new HashMap<>();
    for (Expr node : topological(List.of(root))) {
      if (node == what) {
        changed.put(node, by);
        continue;
      }
      Expr[] operands = null;
      for (int i = 0; i < node.arity(); i++) {
        Expr now = changed.get(node.operand(i));
        if (now != null) {
          if (operands == null) {
            operands = node.operands().toArray(new Expr[0]);
          }
          operands[i] = now;
        }
      }
      if (operands != null) {
        changed.put(node, node.with(operands));
      }
    }
    return changed.getOrDefault(root, root);
  }

  /**
   * {@return whether a part occurs in an expression}
   *
   * @param root the expression
   * @param part the part
   */
  public static boolean mentions(Expr root, Expr part) {
    Set<Expr> seen = new HashSet<>();
    ArrayDeque<Expr> open = new ArrayDeque<>();
    open.push(root);
    while (!open.isEmpty()) {
      Expr node = open.pop();
      if (node == part) {
        return true;
      }
      if (seen.add(node)) {
        for (int i = 0; i < node.arity(); i++) {
          open.push(node.operand(i));
        }
      }
    }
    return false;
  }

  /**
   * {@return the numbers of the inputs that occur, ascending}
   *
   * @param root the expression
   */
  public static SortedSet<Integer> inputsUsed(Expr root) {
    SortedSet<Integer> inputs = new TreeSet<>();
    for (Expr node : topological(List.of(root))) {
      if (node.op() == ExprOp.INPUT) {
        inputs.add(node.number());
      }
    }
    return Collections.unmodifiableSortedSet(inputs);
  }
}
