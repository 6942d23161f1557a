package fluxion.api;

/** Text or data that does not follow its format. */
public class FormatException extends FluxionException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an error.
   *
   * @param message what was asked, what was found and what to do
   */
  public FormatException(String message) {
    super(message);
  }

  /**
   * Makes an error with a cause.
   *
   * @param message what was asked, what was found and what to do
   * @param cause what brought it about
   */
  public FormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
