package fluxion.examples.transcript;

import static fluxion.api.Tensors.ones;
import static fluxion.api.Tensors.tensor;

/** Shapes, dtypes and indices that do not fit. */
final class TensorRules {
  private TensorRules() {}

  static void add(Rules rules) {
    values(rules);
    shapes(rules);
    changesInPlace(rules);
    rules.rule("an index beyond the end is told", () -> ones(2).get(2));
    rules.rule("a dimension that is not there is told", () -> ones(2).sum(1));
  }

  private static void values(Rules rules) {
    rules.rule("only one element is a number", () -> tensor(1f, 2f).item());
    rules.rule("two elements are not true or false", () -> tensor(1f, 2f).isTrue());
    rules.rule("no element is neither", () -> tensor(new float[0]).isTrue());
    rules.leftOut("len() is Python's");
  }

  private static void shapes(Rules rules) {
    rules.rule("shapes that do not broadcast are told", () -> ones(2, 3).add(ones(2)));
    rules.rule("matrices that do not fit are told", () -> ones(2, 3).matmul(ones(2, 3)));
    rules.rule("a view has as many elements", () -> ones(2, 3).view(4));
    rules.rule("a view cannot reorder", () -> ones(2, 3).t().view(6));
    rules.rule("arrays are not ragged", () -> tensor(new long[][] {{1, 2}, {3}}));
    rules.rule("integers have no mean", () -> tensor(1, 2).mean());
  }

  private static void changesInPlace(Rules rules) {
    rules.rule("what is added in place broadcasts", () -> ones(2).add_(ones(3)));
    rules.rule("... to the shape that is there", () -> ones(2).add_(ones(2, 2)));
    rules.rule("integers in place stay integers", () -> tensor(1, 2).add_(1.5));
    rules.rule("... and cannot be divided", () -> tensor(1, 2).div_(2));
  }
}
