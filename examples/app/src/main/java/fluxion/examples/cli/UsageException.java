package fluxion.examples.cli;

/** A command line that cannot be understood: an unknown option, or a value that is out of range. */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an error.
   *
   * @param message one line: what was found and what was expected
   */
  public UsageException(String message) {
    super(message);
  }

  /**
   * Makes an error with a cause.
   *
   * @param message one line: what was found and what was expected
   * @param cause what brought it about
   */
  public UsageException(String message, Throwable cause) {
    super(message, cause);
  }
}
