package fluxion.api;

/**
 * What every error of Fluxion is: unchecked, with a message that says what was asked, what was
 * found and what to do.
 */
public class FluxionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an error.
   *
   * @param message what was asked, what was found and what to do
   */
  public FluxionException(String message) {
    super(message);
  }

  /**
   * Makes an error with a cause.
   *
   * @param message what was asked, what was found and what to do
   * @param cause what brought it about
   */
  public FluxionException(String message, Throwable cause) {
    super(message, cause);
  }
}
