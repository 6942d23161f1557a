package fluxion.api;

/** A rule of automatic differentiation that was broken. */
public class AutogradException extends FluxionException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an error.
   *
   * @param message what was asked, what was found and what to do
   */
  public AutogradException(String message) {
    super(message);
  }

  /**
   * Makes an error with a cause.
   *
   * @param message what was asked, what was found and what to do
   * @param cause what brought it about
   */
  public AutogradException(String message, Throwable cause) {
    super(message, cause);
  }
}
