package fluxion.tests.mutation;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.PointwiseFunction;
import fluxion.engine.spi.Promotion;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A pointwise function of an operator, which can be made to compute something else.
 *
 * <p>Nothing in the engine exchanges a formula; this reaches into the one private field through
 * which a function is called.
 */
final class Subject {
  /** Changes a formula, written over inputs x0, x1, … and runtime scalars s0, s1, …. */
  interface Rewriting {
    Expr rewrite(Target target, DType compute, Expr formula);
  }

  private static final Field IMPLEMENTATION = implementation();

  private final String name;
  private final PointwiseFunction function;
  private final Object original;

  Subject(String name, PointwiseFunction function) {
    this.name = name;
    this.function = function;
    this.original = get(function);
  }

  String name() {
    return name;
  }

  /** What the function computes, and the gradients that it states. */
  List<Target> targets() {
    List<Target> targets = new ArrayList<>(List.of(Target.RESULT));
    for (int i = 0; i < function.inputs(); i++) {
      if (function.rule(i) != null) {
        targets.add(new Target(i));
      }
    }
    return targets;
  }

  /** A formula at a dtype in which the function computes; empty if it does not, or for none. */
  Optional<Expr> formula(Target target, DType compute) {
    if (function.promotion() == Promotion.INT_TO_FLOAT && !compute.isFloatingPoint()) {
      return Optional.empty();
    }
    try {
      function.check(compute);
      Places places = new Places(function, compute);
      return Optional.ofNullable(places.apply(function, target));
    } catch (DTypeException | ArgumentException e) {
      return Optional.empty();
    }
  }

  /** Lets every call from now on compute what a rewriting makes of the formulas. */
  void become(Rewriting rewriting) {
    PointwiseFunction changed =
        PointwiseFunction.of(
                function.name(),
                function.inputs(),
                function.scalars(),
                function.promotion(),
                (x, s) -> {
                  Places places = new Places(function, x[0].type());
                  Expr formula = places.result(function);
                  return places.put(rewriting.rewrite(Target.RESULT, x[0].type(), formula), x, s);
                })
            .node(function.nodeName())
            .checking(function::check);
    for (Target target : targets()) {
      if (target.input() >= 0) {
        changed =
            changed.gradient(
                target.input(),
                (x, s, out, g) -> {
                  Places places = new Places(function, x[0].type());
                  Expr formula = places.apply(function, target);
                  return formula == null
                      ? null
                      : places.put(rewriting.rewrite(target, x[0].type(), formula), x, s, out, g);
                });
      }
    }
    set(get(changed));
  }

  /** Lets the function compute what it did. */
  void restore() {
    set(original);
  }

  private static Field implementation() {
    try {
      Field field = PointwiseFunction.class.getDeclaredField("implementation");
      field.setAccessible(true);
      return field;
    } catch (NoSuchFieldException e) {
      throw new LinkageError("a pointwise function is called through another field now", e);
    }
  }

  private static Object get(PointwiseFunction function) {
    try {
      return IMPLEMENTATION.get(function);
    } catch (IllegalAccessException e) {
      throw new LinkageError("the field can no longer be read", e);
    }
  }

  private void set(Object implementation) {
    try {
      IMPLEMENTATION.set(function, implementation);
    } catch (IllegalAccessException e) {
      throw new LinkageError("the field can no longer be written", e);
    }
  }

  @Override
  public String toString() {
    return name;
  }

  /** The leaves over which formulas are written before they are changed. */
  private static final class Places {
    private final Expr[] x;
    private final Expr[] s;
    private final Expr g;
    private final Expr out;

    Places(PointwiseFunction function, DType compute) {
      int n = function.inputs();
      x = new Expr[n];
      for (int i = 0; i < n; i++) {
        x[i] = Expr.input(i, compute);
      }
      s = new Expr[function.scalars()];
      for (int j = 0; j < s.length; j++) {
        s[j] = Expr.scalar(j, compute);
      }
      g = Expr.input(n, compute);
      out = Expr.input(n + 1, compute);
    }

    Expr result(PointwiseFunction function) {
      return function.formula().apply(x, s);
    }

    @Nullable Expr apply(PointwiseFunction function, Target target) {
      if (target.input() < 0) {
        return result(function);
      }
      PointwiseFunction.GradientRule rule = function.rule(target.input());
      return rule == null ? null : rule.apply(x, s, out, g);
    }

    /** A formula over a call's own inputs, put in place all at once. */
    Expr put(Expr formula, Expr[] inputs, Expr[] scalars, Expr... outAndCotangent) {
      Map<Expr, Expr> now = new LinkedHashMap<>();
      for (int i = 0; i < x.length; i++) {
        now.put(x[i], inputs[i]);
      }
      for (int j = 0; j < s.length; j++) {
        now.put(s[j], scalars[j]);
      }
      if (outAndCotangent.length > 0) {
        now.put(out, outAndCotangent[0]);
        now.put(g, outAndCotangent[1]);
      }
      Set<Expr> order = new LinkedHashSet<>();
      ExprMutator.visit(formula, order);
      for (Expr node : order) {
        if (node.arity() > 0) {
          now.put(node, node.with(node.operands().stream().map(now::get).toArray(Expr[]::new)));
        } else {
          now.putIfAbsent(node, node);
        }
      }
      return now.get(formula);
    }
  }
}
