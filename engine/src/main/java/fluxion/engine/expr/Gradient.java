package fluxion.engine.expr;

import fluxion.api.DTypeException;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.ExprOp;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reverse accumulation over an expression.
 *
 * <p>Nodes are visited once, roots first, with the sum of the cotangents that reached them. Going
 * into a branch of {@code select(c, a, b)} does not mask the cotangent: it opens a {@link Context}
 * that the cotangent carries along. Only where paths of different contexts meet, at latest at the
 * input, are contexts closed again, {@code a'} and {@code b'} to {@code select(c, a', b')}. So what
 * a branch not taken makes of the cotangent is dropped, not multiplied by 0.
 */
public final class Gradient {
  private final Map<Expr, Map<Context, Expr>> pending = new HashMap<>();
  private final Set<Expr> active;

  private Gradient(Set<Expr> active) {
    this.active = active;
  }

  /**
   * {@return the vector-Jacobian product, or null if it is zero by structure}
   *
   * @param root the function
   * @param input the number of the input to differentiate by
   * @param cotangent the cotangent of the function's value
   */
  public static @Nullable Expr of(Expr root, int input, Expr cotangent) {
    List<Expr> order = Graph.topological(List.of(root));
    Expr leaf = null;
    Set<Expr> active = new HashSet<>();
    for (Expr node : order) {
      if (node.op() == ExprOp.INPUT && node.number() == input) {
        if (leaf != null) {
          throw new DTypeException(
              "input " + input + " is used both as " + leaf.type() + " and as " + node.type());
        }
        leaf = node;
      }
      if (depends(node, leaf, active)) {
        active.add(node);
      }
    }
    if (leaf == null || !active.contains(root)) {
      return null;
    }
    Gradient gradient = new Gradient(active);
    gradient.push(root, new Context(), cotangent.cast(root.type().computeType()));
    for (Expr node : order.reversed()) {
      Map<Context, Expr> arrived = gradient.pending.remove(node);
      if (arrived == null) {
        continue;
      }
      Map.Entry<Context, Expr> met = meet(arrived, node == leaf);
      if (node == leaf) {
        return met.getValue().cast(leaf.type());
      }
      gradient.visit(node, met.getKey(), met.getValue());
    }
    return null;
  }

  private static boolean depends(Expr node, @Nullable Expr leaf, Set<Expr> active) {
    if (!node.type().isFloatingPoint()) {
      return false;
    }
    if (node == leaf) {
      return true;
    }
    for (int i = 0; i < node.arity(); i++) {
      if (active.contains(node.operand(i)) && GradientRules.exists(node.op(), i)) {
        return true;
      }
    }
    return false;
  }

  private void visit(Expr node, Context context, Expr g) {
    if (node.op() == ExprOp.SELECT) {
      Context yes = new Context(context, node.operand(0));
      push(node.operand(1), yes, g);
      push(node.operand(2), yes.other(), g);
      return;
    }
    for (int i = 0; i < node.arity(); i++) {
      if (active.contains(node.operand(i)) && GradientRules.exists(node.op(), i)) {
        push(node.operand(i), context, GradientRules.apply(node, i, g));
      }
    }
  }

  private void push(Expr node, Context context, Expr g) {
    if (active.contains(node)) {
      pending.computeIfAbsent(node, k -> new LinkedHashMap<>()).merge(context, g, Expr::add);
    }
  }

  /** Closes contexts, innermost first, until one is left (or until none is open). */
  private static Map.Entry<Context, Expr> meet(Map<Context, Expr> arrived, boolean closeAll) {
    Map<Context, Expr> open = arrived;
    while (true) {
      int depth = 0;
      for (Context context : open.keySet()) {
        depth = Math.max(depth, context.depth);
      }
      if (open.size() == 1 && !(closeAll && depth > 0)) {
        return open.entrySet().iterator().next();
      }
      Map<Context, Expr> next = new LinkedHashMap<>();
      for (Map.Entry<Context, Expr> entry : open.entrySet()) {
        Context context = entry.getKey();
        if (context.depth < depth) {
          next.merge(context, entry.getValue(), Expr::add);
        } else if (!(context.isOther && open.containsKey(context.other()))) {
          // The first of two siblings closes both.
          next.merge(context.parent(), context.close(open), Expr::add);
        }
      }
      open = next;
    }
  }

  /** A branch of a select, inside the branches around it. The outermost has no condition. */
  private static final class Context {
    private final @Nullable Context parent;
    private final @Nullable Expr condition;
    private final @Nullable Context other;
    private final boolean isOther;
    private final int depth;

    Context() {
      parent = null;
      condition = null;
      other = null;
      isOther = false;
      depth = 0;
    }

    Context(Context parent, Expr condition) {
      this.parent = parent;
      this.condition = condition;
      this.isOther = false;
      this.depth = parent.depth + 1;
      this.other = new Context(this);
    }

    private Context(Context first) {
      this.parent = first.parent;
      this.condition = first.condition;
      this.isOther = true;
      this.depth = first.depth;
      this.other = first;
    }

    Context parent() {
      return java.util.Objects.requireNonNull(parent);
    }

    Context other() {
      return java.util.Objects.requireNonNull(other);
    }

    Expr close(Map<Context, Expr> values) {
      Expr yes = values.get(isOther ? other() : this);
      Expr no = values.get(isOther ? this : other());
      Expr some = java.util.Objects.requireNonNull(yes != null ? yes : no);
      Expr zero = Expr.literal(some.type(), 0);
      return Expr.select(
          java.util.Objects.requireNonNull(condition),
          yes != null ? yes : zero,
          no != null ? no : zero);
    }
  }
}
