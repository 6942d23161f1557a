package fluxion.conformance.function;

import fluxion.api.Tensor;

/** The comparison of tensors that need not be equal in every bit. */
final class Close {
  private Close() {}

  /**
   * Asks that elements differ by little. NaN must meet NaN, and an infinity itself.
   *
   * @param what the found tensor in words
   * @param expected what is expected
   * @param found what was found
   * @param relative how far an element may be off, as a part of what is expected
   * @param absolute how far it may be off besides
   */
  static void require(
      String what, Tensor expected, Tensor found, double relative, double absolute) {
    if (!expected.shape().equals(found.shape())) {
      throw new AssertionError(
          what + " has shape " + found.shape() + " instead of " + expected.shape());
    }
    double[] wanted = expected.toDoubleArray();
    double[] got = found.toDoubleArray();
    for (int i = 0; i < wanted.length; i++) {
      require(what, i, wanted[i], got[i], absolute + relative * Math.abs(wanted[i]));
    }
  }

  /** Asks that an element differs by no more than allowed. */
  static void require(String what, int element, double wanted, double got, double allowed) {
    boolean same = Double.compare(wanted, got) == 0 || wanted == got;
    // written so that a NaN never passes
    if (!same && !(Math.abs(wanted - got) <= allowed && !Double.isInfinite(wanted))) {
      throw new AssertionError(
          "%s has element %d = %s instead of %s (difference %.3g, allowed %.3g)"
              .formatted(what, element, got, wanted, Math.abs(wanted - got), allowed));
    }
  }
}
