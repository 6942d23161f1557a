package fluxion.tests.mutation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.DType;
import fluxion.engine.spi.Expr;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class ExprMutatorTest {
  private static final Expr X = Expr.input(0, DType.FLOAT64);
  private static final Expr Y = Expr.input(1, DType.FLOAT64);

  private static Set<String> changed(Expr formula) {
    return ExprMutator.mutants(formula).values().stream()
        .map(Expr::toString)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void operators_operands_and_terms_change() {
    assertEquals(
        new TreeSet<>(Set.of("x0 + x1", "x0 * x1", "x1 - x0", "x0", "x1", "x1 - x1", "x0 - x0")),
        changed(X.sub(Y)));
  }

  @Test
  void constants_grow_and_change_sign() {
    Set<String> changed = changed(X.mul(2.0));
    assertTrue(changed.containsAll(Set.of("x0 * 3.0", "x0 * -2.0")), changed::toString);
  }

  @Test
  void conditions_and_branches_change() {
    Set<String> changed = changed(Expr.select(X.lt(Y), X, Y));
    assertTrue(
        changed.containsAll(
            Set.of(
                "select(x0 <= x1, x0, x1)", "select(x0 >= x1, x0, x1)", "select(x0 < x1, x1, x0)")),
        changed::toString);
  }

  @Test
  void a_shared_part_changes_wherever_it_occurs() {
    Expr shared = X.sin();
    Set<String> changed = changed(shared.mul(shared.add(Y)));
    assertTrue(changed.contains(X.cos().mul(X.cos().add(Y)).toString()), changed::toString);
  }
}
