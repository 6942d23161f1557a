package fluxion.api;

/** An argument with a value that its operator does not take. */
public class ArgumentException extends FluxionException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an error.
   *
   * @param message what was asked, what was found and what to do
   */
  public ArgumentException(String message) {
    super(message);
  }

  /**
   * Makes an error with a cause.
   *
   * @param message what was asked, what was found and what to do
   * @param cause what brought it about
   */
  public ArgumentException(String message, Throwable cause) {
    super(message, cause);
  }
}
