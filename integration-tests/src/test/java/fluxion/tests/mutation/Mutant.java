package fluxion.tests.mutation;

import fluxion.api.DType;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.ExprOp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A function with one formula changed.
 *
 * @param subject the function
 * @param target the formula
 * @param dtypes the dtypes of computing at which the formula is written alike, and is changed
 * @param change the change
 * @param formula the formula at the first of them
 * @param changed what is computed instead
 */
record Mutant(
    Subject subject,
    Target target,
    Set<DType> dtypes,
    ExprMutator.Change change,
    Expr formula,
    Expr changed) {
  private static final Set<DType> COMPUTING =
      EnumSet.of(
          DType.FLOAT64,
          DType.FLOAT32,
          DType.INT64,
          DType.INT32,
          DType.INT16,
          DType.INT8,
          DType.UINT8,
          DType.BOOL);

  /** All mutants of a function. */
  static List<Mutant> of(Subject subject) {
    List<Mutant> mutants = new ArrayList<>();
    for (Target target : subject.targets()) {
      Map<String, Map<DType, Expr>> alike = new LinkedHashMap<>();
      for (DType dtype : COMPUTING.stream().sorted(Collections.reverseOrder()).toList()) {
        subject
            .formula(target, dtype)
            .ifPresent(
                formula ->
                    alike
                        .computeIfAbsent(structure(formula), s -> new LinkedHashMap<>())
                        .put(dtype, formula));
      }
      for (Map<DType, Expr> group : alike.values()) {
        Expr formula = group.values().iterator().next();
        ExprMutator.mutants(formula)
            .forEach(
                (change, changed) ->
                    mutants.add(
                        new Mutant(subject, target, group.keySet(), change, formula, changed)));
      }
    }
    return mutants;
  }

  /** How a formula is written, whatever the dtypes. */
  private static String structure(Expr formula) {
    Set<Expr> order = new LinkedHashSet<>();
    ExprMutator.visit(formula, order);
    Map<Expr, Integer> places = new HashMap<>();
    StringBuilder text = new StringBuilder();
    for (Expr node : order) {
      places.put(node, places.size());
      text.append(node.op());
      if (node.isLiteral()) {
        text.append((float) node.doubleValue());
      } else if (node.op() == ExprOp.INPUT || node.op() == ExprOp.SCALAR) {
        text.append(node.number());
      }
      node.operands().forEach(operand -> text.append(' ').append(places.get(operand)));
      text.append(';');
    }
    return text.toString();
  }

  /** Lets the function compute what is changed. */
  void install() {
    subject.become(
        (where, dtype, expr) ->
            where.equals(target) && dtypes.contains(dtype)
                ? ExprMutator.mutants(expr).getOrDefault(change, expr)
                : expr);
  }

  /** The name: where, at which dtypes if not at all, and what is changed. */
  @Override
  public String toString() {
    return subject + ", " + target + dtypesInWords() + ", " + change;
  }

  private String dtypesInWords() {
    Set<String> kinds =
        dtypes.stream()
            .map(d -> d.isFloatingPoint() ? "floats" : d == DType.BOOL ? "bools" : "integers")
            .collect(Collectors.toCollection(LinkedHashSet::new));
    return " of " + String.join(", ", kinds);
  }
}
