package fluxion.conformance.golden;

/** Says that a recorded call has a form that Fluxion lacks. */
final class Unsupported extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Makes one.
   *
   * @param message the form
   */
  Unsupported(String message) {
    super(message, null, false, false);
  }
}
