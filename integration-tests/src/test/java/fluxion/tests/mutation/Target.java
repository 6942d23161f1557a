package fluxion.tests.mutation;

/**
 * A formula of a function.
 *
 * @param input of which input it is the stated gradient; -1 for what the function computes
 */
record Target(int input) {
  /** What the function computes. */
  static final Target RESULT = new Target(-1);

  @Override
  public String toString() {
    return input < 0 ? "result" : "gradient " + input;
  }
}
