package fluxion.conformance.backend;

/** Compares what was found with what was expected; all NaNs are equal, −0 and 0 are not. */
final class Expect {
  private static final int SHOWN = 3;

  private Expect() {}

  /**
   * Fails unless all elements are as expected.
   *
   * @param what what was computed: primitive, dtype, layout
   */
  static void same(String what, Values expected, Values found) {
    if (expected.dtype() != found.dtype() || !expected.shape().equals(found.shape())) {
      throw new AssertionError(what + ": expected " + expected + ", found " + found);
    }
    StringBuilder differences = new StringBuilder();
    int count = 0;
    for (int i = 0; i < expected.size(); i++) {
      if (expected.key(i) != found.key(i) && ++count <= SHOWN) {
        differences
            .append(count == 1 ? "" : "; ")
            .append("at ")
            .append(expected.place(i))
            .append(" expected ")
            .append(expected.text(i))
            .append(", found ")
            .append(found.text(i));
      }
    }
    if (count > 0) {
      throw new AssertionError(
          what
              + " of "
              + expected
              + ": "
              + differences
              + (count > SHOWN ? "; " + count + " elements differ" : ""));
    }
  }

  /**
   * Fails unless a float is within a distance of what is expected; NaN must meet NaN and an
   * infinity itself.
   *
   * @param what what was computed, and where
   */
  static void near(String what, double expected, double found, double allowed) {
    boolean special = Double.isNaN(expected) || Double.isInfinite(expected);
    boolean good =
        special ? Double.compare(expected, found) == 0 : Math.abs(found - expected) <= allowed;
    if (!good) {
      throw new AssertionError(
          what + ": expected " + expected + ", found " + found + ", allowed is " + allowed);
    }
  }
}
