package fluxion.nn.training;

import fluxion.api.ArgumentException;
import fluxion.api.Tensor;

/** Checks of what classifiers gave, and of what they should have given. */
final class Classified {
  private Classified() {}

  /** Whether outputs are classes already, instead of a score for each. */
  static boolean areClasses(Tensor outputs, Tensor targets) {
    return !outputs.dtype().isFloatingPoint() && outputs.shape().equals(targets.shape());
  }

  /**
   * Refuses scores and classes that do not belong together.
   *
   * @param outputs {@code [N, classes, …]}
   * @param targets {@code [N, …]}
   */
  static void check(Tensor outputs, Tensor targets) {
    if (targets.dtype().isFloatingPoint()) {
      throw new ArgumentException("targets are classes, integers, not " + targets.dtype());
    }
    boolean fit = outputs.dim() == targets.dim() + 1 && outputs.dim() >= 2;
    for (int dim = 0; fit && dim < targets.dim(); dim++) {
      fit = targets.shape().size(dim) == outputs.shape().size(dim == 0 ? 0 : dim + 1);
    }
    if (!fit) {
      throw new ArgumentException(
          "expected scores of shape [N, classes, ...] for targets of shape [N, ...], or classes of"
              + " the targets' shape, found "
              + outputs.shape()
              + " for "
              + targets.shape());
    }
  }
}
