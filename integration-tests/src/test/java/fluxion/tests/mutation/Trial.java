package fluxion.tests.mutation;

/**
 * Something that has to fail where a formula is wrong.
 *
 * @param name what is tried
 * @param body throws an {@link AssertionError}, or what the engine throws, if it fails
 */
record Trial(String name, Runnable body) {
  /** Whether it passes. */
  boolean passes() {
    try {
      body.run();
      return true;
    } catch (AssertionError | RuntimeException e) {
      return false;
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
